using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Features;

namespace Fathom.Benchmarks.Features;

/// <summary>Samples of every kind, in memory, that are shown to a feature over and over: a random walk with its bars, books of ten levels and trades.</summary>
internal sealed class FeatureSamples
{
    private const int Count = 4_096, Levels = 10;      // a power of two; the books fit the second cache
    private const long StepNanos = 1_000_000;

    private readonly double[] _values = new double[Count];
    private readonly BarSample[] _bars = new BarSample[Count];
    private readonly BookSample[] _books = new BookSample[Count / 16];
    private readonly TradeSample[] _trades = new TradeSample[Count];
    private long _time;

    public FeatureSamples()
    {
        SplitMix64 dice = new(1);
        double price = 100;
        for (int i = 0; i < Count; i++)
        {
            double open = price;
            price = Math.Clamp(price + (dice.NextUnit() - 0.5) * 0.1, 90, 110);
            double high = Math.Max(open, price) + dice.NextUnit() * 0.05, low = Math.Min(open, price) - dice.NextUnit() * 0.05;
            _values[i] = price;
            _bars[i] = new BarSample(default, open, high, low, price, 1 + Math.Floor(dice.NextUnit() * 100));
            _trades[i] = new TradeSample(default, price, 1 + Math.Floor(dice.NextUnit() * 20), dice.NextUnit() < 0.5 ? -1 : 1, price - 0.01, price + 0.01);
        }
        for (int i = 0; i < _books.Length; i++)
        {
            BookSample book = _books[i] = new BookSample(Levels) { BidCount = Levels, AskCount = Levels };
            double mid = Math.Round(_values[i], 2);
            for (int level = 0; level < Levels; level++)
            {
                book.SetBid(level, mid - 0.01 * (level + 1), 1 + Math.Floor(dice.NextUnit() * 50));
                book.SetAsk(level, mid + 0.01 * (level + 1), 1 + Math.Floor(dice.NextUnit() * 50));
            }
        }
    }

    /// <summary>Shows it so many samples, one per millisecond; of a tape one trade after three books.</summary>
    /// <returns>The sum of what it gave: what is computed cannot be left out.</returns>
    public double Show(Feature feature, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            Timestamp time = new(_time += StepNanos);
            switch (feature)
            {
                case ValueFeature value: value.Add(time, _values[i & (Count - 1)]); break;
                case BarFeature bar: bar.Add(_bars[i & (Count - 1)] with { Time = time }); break;
                case PairFeature pair when (i & 1) == 0: pair.AddFirst(time, _values[i & (Count - 1)]); break;
                case PairFeature pair: pair.AddSecond(time, _values[(7 * i) & (Count - 1)]); break;
                case TapeFeature tape when tape.TakesBook && !(tape.TakesTrades && (i & 3) == 3):
                    BookSample book = _books[i & (_books.Length - 1)];
                    book.Time = time;
                    tape.TakeBook(book);
                    break;
                case TapeFeature tape: tape.TakeTrade(_trades[i & (Count - 1)] with { Time = time }); break;
            }
            double now = feature.Value;
            if (double.IsFinite(now)) sum += now;
        }
        return sum;
    }
}
