using Fathom.Domain.Numerics;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>Makes series for features from a seed: the same bits each time.</summary>
public static class SampleSeries
{
    private const double Tick = 0.01;

    public static IReadOnlyList<SampleKind> Kinds { get; } = Enum.GetValues<SampleKind>();

    public static FeatureTable Make(FeatureTakes takes, SampleKind kind, ulong seed, int rows)
    {
        SplitMix64 random = new(seed * 1_000 + (ulong)takes * 100 + (ulong)kind);
        double[] cells = new double[rows * FeatureTable.ColumnsOf(takes)];
        FeatureTable table = new(takes, $"{Name(kind)} {seed}", cells);
        SampleClock clock = new(kind);
        if (takes == FeatureTakes.Tape)
        {
            new TapeMaker(kind, Start(kind)).Fill(cells, clock, ref random);
            return table;
        }
        Walk first = new(kind), second = new(kind);
        for (int row = 0; row < rows; row++)
        {
            Span<double> cell = cells.AsSpan(row * table.Columns, table.Columns);
            clock.Next(ref random, out cell[FeatureTable.Time], out cell[FeatureTable.Opens]);
            if (takes == FeatureTakes.Bars) FillBar(cell, first, kind, ref random);
            else if (takes == FeatureTakes.Pairs) FillPair(cell, first, second, kind, ref random);
            else cell[FeatureTable.Value] = Spoilt(first.Next(ref random), kind, ref random);
        }
        return table;
    }

    /// <summary>As it is written in messages: "near zero".</summary>
    public static string Name(SampleKind kind) => kind == SampleKind.NearZero ? "near zero" : kind.ToString().ToLowerInvariant();

    internal static double Start(SampleKind kind) => kind switch
    {
        SampleKind.Offset => 1e9,
        SampleKind.NearZero => 0,
        _ => 100,
    };

    /// <summary>Rounded to whole ticks, as prices are.</summary>
    internal static double Ticks(double start, long ticks) => Math.Round(start + ticks * Tick, 2);

    /// <summary>The two move together half of the time; now and then both have a value at one time.</summary>
    private static void FillPair(Span<double> cell, Walk first, Walk second, SampleKind kind, ref SplitMix64 random)
    {
        bool isSecond = random.NextBelow(2) == 1;
        Walk walk = isSecond ? second : first, other = isSecond ? first : second;
        if (random.NextBelow(2) == 1) walk.Follow(other);
        cell[FeatureTable.Which] = isSecond ? 1 : 0;
        cell[FeatureTable.PairValue] = Spoilt(walk.Next(ref random), kind, ref random);
    }

    private static void FillBar(Span<double> cell, Walk walk, SampleKind kind, ref SplitMix64 random)
    {
        double open = walk.NextPrice(ref random), high = open, low = open, close = open;
        for (int steps = random.NextBelow(5); steps > 0; steps--)
        {
            close = walk.NextPrice(ref random);
            (high, low) = (Math.Max(high, close), Math.Min(low, close));
        }
        bool isQuiet = kind == SampleKind.Constant || random.NextBelow(20) == 0;
        (cell[FeatureTable.Open], cell[FeatureTable.High], cell[FeatureTable.Low], cell[FeatureTable.Close]) = (open, high, low, close);
        cell[FeatureTable.Volume] = kind == SampleKind.Constant ? 10 : isQuiet ? 0 : random.NextBelow(50_000) * 0.01;
        if (kind == SampleKind.Missing && random.NextBelow(4) == 0) cell[FeatureTable.Open + random.NextBelow(5)] = Spoilt(ref random);
    }

    private static double Spoilt(double value, SampleKind kind, ref SplitMix64 random) => kind == SampleKind.Missing && random.NextBelow(4) == 0 ? Spoilt(ref random) : value;

    private static double Spoilt(ref SplitMix64 random) => random.NextBelow(3) switch
    {
        0 => double.PositiveInfinity,
        1 => double.NegativeInfinity,
        _ => double.NaN,
    };

    private sealed class Walk(SampleKind kind)
    {
        private long _ticks, _step;
        private long? _followed;

        /// <summary>The next step is the last of another.</summary>
        public void Follow(Walk other) => _followed = other._step;

        public double Next(ref SplitMix64 random)
        {
            if (kind != SampleKind.Constant) Move(ref random);
            return Ticks(Start(kind), _ticks);
        }

        /// <summary>Above zero.</summary>
        public double NextPrice(ref SplitMix64 random)
        {
            double price = Next(ref random);
            if (price > 0) return price;
            _ticks = 1 + random.NextBelow(20);
            return Ticks(0, _ticks);
        }

        /// <summary>A third of the steps is none, so that values repeat; one in a hundred is a jump.</summary>
        private void Move(ref SplitMix64 random)
        {
            _step = random.NextBelow(3) == 0 ? 0 : random.NextBelow(21) - 10;
            if (random.NextBelow(100) == 0) _step *= 20;
            if (_followed is { } step) (_step, _followed) = (step, null);
            _ticks += _step;
            if (kind == SampleKind.NearZero && Math.Abs(_ticks) > 60) _ticks -= Math.Sign(_ticks) * 40;
            if (kind is not (SampleKind.Offset or SampleKind.NearZero) && _ticks < -9_000) _ticks += 2_000;
        }
    }
}
