using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Generator;

namespace Fathom.Simulation.Faults;

/// <summary>What is tortured where nobody said what.</summary>
public static class TortureSetups
{
    private static readonly CurrencyCode s_dollars = CurrencyCode.TryParse("USD", out CurrencyCode dollars) ? dollars : CurrencyCode.None;

    /// <summary>Symbols of the two instruments.</summary>
    internal const string First = "FTHH6", Second = "FAAAH6";

    /// <summary>Three random traders on small slow markets of two instruments: one on each, one that quotes in both. What they are held to is drawn, and tight enough to be met.</summary>
    /// <param name="events">Market-by-order messages after the opening snapshots.</param>
    public static TortureSetup Usual(long events = 700) => new()
    {
        Engine = seed => TortureRisk.Draw(UsualEngine(seed), seed),
        Market = TortureMarket.Generated(new GeneratorOptions { Preset = "wide", Instruments = 2, Events = events }),
        Fees = new FeeBook(new FeeSchedule(-0.1m, 0.5m, 0.01m)),
    };

    /// <summary>The engine of <see cref="Usual"/>, before <see cref="TortureRisk"/> has drawn what it is held to.</summary>
    public static EngineOptions UsualEngine(ulong seed) => new()
    {
        Currency = s_dollars,
        Cash = 1_000_000,
        Strategies =
        [
            new NamedStrategy("first", new RandomTrader { Seed = SeedOf(seed, 1), Instrument = 0 }),
            new NamedStrategy("second", new RandomTrader { Seed = SeedOf(seed, 2), Instrument = 1 }),
            new NamedStrategy("quoter", new RandomTrader { Seed = SeedOf(seed, 3), Style = TraderStyle.Quotes, Activity = 0.02 }),
        ],
        Limits = new RiskLimits { PositionMax = Quantity.Units(12), QuantityMax = Quantity.Units(6) },
        EquityInterval = Duration.FromMilliseconds(60_000),
    };

    private static long SeedOf(ulong seed, ulong which) => (long)(new SplitMix64(seed ^ which << 56).NextUInt64() >> 1);
}
