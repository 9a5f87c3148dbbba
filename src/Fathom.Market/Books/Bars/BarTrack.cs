using Fathom.Domain.Values;

namespace Fathom.Market.Books.Bars;

/// <summary>All bars of one spec. Bars of time of all instruments begin and end together, so their interval is found once for all of them.</summary>
/// <param name="number">0, 1, 2 … in the order in which specs were first asked for.</param>
internal sealed class BarTrack(BarSpec spec, int number)
{
    private readonly List<int> _instruments = [];      // that were named

    public BarSpec Spec { get; } = spec;

    public int Number { get; } = number;

    /// <summary>The builders that hold something; only of bars of time.</summary>
    public List<BarBuilder> Begun { get; } = [];

    /// <summary>Of the interval in which <see cref="Begun"/> are.</summary>
    public Timestamp OpenTime { get; private set; }

    public Timestamp CloseTime { get; private set; }

    public bool IsForAll { get; set; }

    public void Include(InstrumentId instrument)
    {
        if (!_instruments.Contains(instrument.Index)) _instruments.Add(instrument.Index);
    }

    public bool Includes(InstrumentId instrument) => IsForAll || _instruments.Contains(instrument.Index);

    /// <summary>Sets the interval that holds the time: whole ones from the session's open on, the last of them cut at its close.</summary>
    /// <param name="open">Of the session that holds the time.</param>
    /// <param name="close">Of the same session.</param>
    public void BeginInterval(Timestamp time, Timestamp open, Timestamp close)
    {
        (OpenTime, CloseTime) = (open, close);
        if (Spec.IsSession) return;      // a day can be an hour longer than its 24
        OpenTime = open + new Duration((time - open).Nanos / Spec.Size * Spec.Size);
        CloseTime = Timestamp.Min(OpenTime + new Duration(Spec.Size), close);
    }

    /// <summary>Shorter intervals first, then the order of asking.</summary>
    public static int Compare(BarTrack left, BarTrack right) =>
        left.Spec.Size != right.Spec.Size ? left.Spec.Size.CompareTo(right.Spec.Size) : left.Number.CompareTo(right.Number);
}
