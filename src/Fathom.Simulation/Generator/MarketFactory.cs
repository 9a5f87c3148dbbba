using Fathom.Domain.Numerics;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>Makes the instruments of a preset: their rates by a power law in random order, their depths by its root, prices, ticks and multipliers of all kinds.</summary>
internal sealed class MarketFactory
{
    private const int OrdersMin = 24;

    /// <summary>Books whose sizes differ by less than a tenth share a profile: a profile is kilobytes.</summary>
    private const double ProfileStep = 1.1;

    private static readonly long[] Ticks = [250_000_000, 10_000_000, 50_000_000, 1_000_000_000, 2_500_000, 500_000_000];
    private static readonly long[] Multipliers = [50, 1_000, 20, 10, 2_500, 5];

    private readonly GeneratorPreset _preset;
    private readonly SortedList<int, BookProfile> _profiles = [];
    private SplitMix64 _random;

    public MarketFactory(GeneratorPreset preset, ulong seed)
    {
        _preset = preset;
        _random = new SplitMix64(seed ^ 0xA5A5_5A5A_0F0F_F0F0);      // apart from the dice of the flow
    }

    /// <summary>Sum of the orders that the books tend to.</summary>
    public static long WantedOrders(double[] weights, GeneratorPreset preset)
    {
        long sum = 0;
        foreach (double weight in weights) sum += Orders(weight, preset);
        return sum;
    }

    /// <summary>Weights of the instruments' activity, mean 1, in random order.</summary>
    public double[] Weights(int instruments)
    {
        double[] weights = new double[instruments];
        double sum = 0;
        for (int i = 0; i < instruments; i++) sum += weights[i] = Portable.Pow(i + 1, -_preset.RateTail);
        for (int i = 0; i < instruments; i++) weights[i] *= instruments / sum;
        for (int i = instruments - 1; i > 0; i--)
        {
            int other = _random.NextBelow(i + 1);
            (weights[i], weights[other]) = (weights[other], weights[i]);
        }
        return weights;
    }

    /// <param name="rate">Of the instrument, relative to the mean of all.</param>
    /// <param name="depth">The same of its book.</param>
    public InstrumentMarket Create(int index, double rate, double depth, OrderPool pool, int channels)
    {
        double eventsPerSecond = _preset.EventsPerSecond * rate;
        BookProfile profile = Profile(Orders(depth, _preset));
        int startTick = index == 0 ? 20_000 : 2_000 + _random.NextBelow(38_000);
        int kind = index % Ticks.Length;
        bool isRoundLot = index % 4 == 3;
        return new InstrumentMarket
        {
            Index = index,
            Channel = index % channels,
            TickNanos = Ticks[kind],
            MultiplierNanos = Multipliers[kind] * Price.Scale,
            StartTick = startTick,
            EventsPerSecond = eventsPerSecond,
            Profile = profile,
            OrderSizes = isRoundLot ? SizeMix.RoundOrders : SizeMix.FutureOrders,
            TakerSizes = isRoundLot ? SizeMix.RoundTakers : SizeMix.FutureTakers,
            Bids = new LadderSide(pool, profile.LevelsMax),
            Asks = new LadderSide(pool, profile.LevelsMax),
            Arrivals = new ArrivalClock(eventsPerSecond),
            Value = new FairValue(startTick - 0.5, _preset.StepTicks, eventsPerSecond),
        };
    }

    private static int Orders(double depth, GeneratorPreset preset) => Math.Max(OrdersMin, (int)(preset.LiveOrders * depth));

    private BookProfile Profile(int orders)
    {
        double size = OrdersMin;
        int step = 0;
        while (size * ProfileStep <= orders)
        {
            size *= ProfileStep;
            step++;
        }
        if (_preset.RateTail == 0) return new BookProfile(orders, _preset.TouchOrders);
        if (!_profiles.TryGetValue(step, out BookProfile? profile)) _profiles.Add(step, profile = new BookProfile(orders, _preset.TouchOrders));
        return profile;
    }
}
