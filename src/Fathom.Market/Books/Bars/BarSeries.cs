using Fathom.Domain.Values;

namespace Fathom.Market.Books.Bars;

/// <summary>The newest complete bars of one instrument and spec. The object stays the same for the whole run, bars appear in it when they close.</summary>
public sealed class BarSeries
{
    /// <summary>Older bars than this many are forgotten.</summary>
    public const int CountMax = 1_000;

    private const int FirstLength = 8;

    private Bar[] _bars = [];
    private int _newest = -1;

    internal BarSeries(InstrumentId instrument, in BarSpec spec) => (Instrument, Spec) = (instrument, spec);

    /// <summary>Whose bars they are.</summary>
    public InstrumentId Instrument { get; }

    /// <summary>Which bars they are.</summary>
    public BarSpec Spec { get; }

    /// <summary>Bars that are there, up to <see cref="CountMax"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bars that ever closed, those that are forgotten included.</summary>
    public long TotalCount { get; private set; }

    /// <summary>A bar by its age: 0 is the newest. The reference is good until the callback returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bar (yet, or any more).</exception>
    public ref readonly Bar this[int age]
    {
        get
        {
            if ((uint)age >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(age), age, $"There are {Count} bars {Spec}.");
            int at = _newest - age;
            return ref _bars[at < 0 ? at + CountMax : at];
        }
    }

    internal void Add(in Bar bar)
    {
        if (Count == _bars.Length && Count < CountMax) Array.Resize(ref _bars, Math.Clamp(2 * Count, FirstLength, CountMax));
        _newest = _newest + 1 == CountMax ? 0 : _newest + 1;
        _bars[_newest] = bar;
        Count = Math.Min(Count + 1, CountMax);
        TotalCount++;
    }
}
