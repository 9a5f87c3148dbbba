using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Market.Books.Bars;

/// <summary>
/// Builds bars of trades and quotes for whoever asked. Who reads them sees a bar when it is complete and not before; bars without a trade or update do not exist.
/// <para>Time is what the caller says it is, and never goes back. Before anything of a moment is noted, <see cref="TryCloseDue"/> has closed what ended by then. What
/// happens outside of the sessions is in no bar.</para>
/// </summary>
public sealed class BarSet(SessionHours hours, Instruments instruments)
{
    private readonly SessionCalendar _calendar = new(hours);
    private readonly List<BarTrack> _tracks = [];          // in the order of asking
    private readonly List<BarTrack> _timeTracks = [];      // shorter intervals first, then the order of asking
    private readonly List<BarSeries> _closed = [];
    private BarBuilder[]?[] _trades = [], _quotes = [];    // by instrument, in the order of asking; null until it is looked at
    private bool _hasTrades, _hasQuotes;
    private Session _session = new(Timestamp.Earliest, Timestamp.Earliest);      // holds the newest time, or comes after it

    /// <summary>When the next bar of time ends; None while none has begun.</summary>
    public Timestamp NextClose { get; private set; } = Timestamp.None;

    /// <summary>The series whose newest bar closed and was not told of yet, in the order in which that is to be done.</summary>
    public ReadOnlySpan<BarSeries> Closed => CollectionsMarshal.AsSpan(_closed);

    /// <summary>Somebody asked for bars of trades.</summary>
    public bool HasTrades => _hasTrades;

    /// <summary>Somebody asked for bars of quotes.</summary>
    public bool HasQuotes => _hasQuotes;

    /// <summary>Begins to build bars of every instrument, those that come later included. Asking again changes nothing.</summary>
    /// <exception cref="ArgumentException">The spec is the default value.</exception>
    public void Subscribe(in BarSpec spec)
    {
        TrackOf(in spec).IsForAll = true;
        Arrange();
    }

    /// <summary>Begins to build bars of one instrument. Asking again changes nothing.</summary>
    /// <exception cref="ArgumentException">The spec is the default value.</exception>
    public void Subscribe(InstrumentId instrument, in BarSpec spec)
    {
        TrackOf(in spec).Include(instrument);
        Arrange();
    }

    /// <summary>The bars of an instrument that were asked for.</summary>
    /// <exception cref="InvariantException">Nobody asked.</exception>
    public BarSeries Series(InstrumentId instrument, in BarSpec spec)
    {
        foreach (BarBuilder builder in spec.Source == BarSource.Trades ? Builders(ref _trades, instrument, BarSource.Trades) : Builders(ref _quotes, instrument, BarSource.Quotes))
            if (builder.Series.Spec == spec) return builder.Series;
        throw new InvariantException("bars are built where they were asked for");
    }

    /// <summary>A public trade. One without a price or a quantity is none.</summary>
    /// <param name="time">Not before that of anything noted earlier.</param>
    public void NoteTrade(InstrumentId instrument, Price price, Quantity quantity, Timestamp time)
    {
        if (!_hasTrades || price.IsNone || !quantity.IsPositive || quantity.IsNone) return;
        Note(Builders(ref _trades, instrument, BarSource.Trades), price, quantity.Nanos, time);
    }

    /// <summary>The best prices of a sound book after a complete event. Half a unit of 1e-9 in their mid is cut off downward.</summary>
    /// <param name="time">Not before that of anything noted earlier.</param>
    public void NoteQuote(InstrumentId instrument, Price bid, Price ask, Timestamp time)
    {
        if (!_hasQuotes) return;
        Note(Builders(ref _quotes, instrument, BarSource.Quotes), new Price(bid.Nanos + ((ask.Nanos - bid.Nanos) >> 1)), 0, time);
    }

    /// <summary>Closes the bars of the earliest moment at or before <paramref name="now"/> at which some end; <see cref="Closed"/> then holds them.</summary>
    /// <returns>False when none ended by then.</returns>
    public bool TryCloseDue(Timestamp now)
    {
        if (NextClose > now || NextClose.IsNone) return false;
        Timestamp moment = NextClose;
        NextClose = Timestamp.None;
        foreach (BarTrack track in _timeTracks)
        {
            if (track.Begun.Count == 0) continue;
            if (track.CloseTime == moment) Close(track);
            else NextClose = Timestamp.Min(NextClose, track.CloseTime);
        }
        return true;
    }

    /// <summary>Everybody was told of what closed.</summary>
    public void ClearClosed() => _closed.Clear();

    // ---- building

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(BarBuilder[] builders, Price price, long quantity, Timestamp time)
    {
        if (builders.Length == 0 || !IsInSession(time)) return;
        Int128 product = Math.BigMul(price.Nanos, quantity);
        foreach (BarBuilder builder in builders)
        {
            if (!builder.IsBegun) Begin(builder, price, time);
            if (builder.Add(time, price.Nanos, quantity, product)) Complete(builder, time);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInSession(Timestamp time)
    {
        if (time >= _session.Close) _session = _calendar.Next(time);
        return time >= _session.Open;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(BarBuilder builder, Price price, Timestamp time)
    {
        BarTrack track = builder.Track;
        Timestamp open = time;
        if (track.Spec.Kind == BarKind.Time)
        {
            if (track.Begun.Count == 0) track.BeginInterval(time, _session.Open, _session.Close);
            Invariant.Require(time >= track.OpenTime && time < track.CloseTime, "what ended by a moment is closed before anything of the moment is noted");
            track.Begun.Add(builder);
            NextClose = Timestamp.Min(NextClose, track.CloseTime);
            open = track.OpenTime;
        }
        InstrumentId instrument = builder.Series.Instrument;
        InstrumentDefinition definition = instruments.Contains(instrument) ? instruments[instrument] : new InstrumentDefinition { MultiplierNanos = Price.Scale };
        builder.Begin(open, time, price, in definition);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Complete(BarBuilder builder, Timestamp time)
    {
        builder.Close(time);
        _closed.Add(builder.Series);
    }

    private void Close(BarTrack track)
    {
        CollectionsMarshal.AsSpan(track.Begun).Sort(static (left, right) => left.Series.Instrument.Index.CompareTo(right.Series.Instrument.Index));
        foreach (BarBuilder builder in track.Begun) Complete(builder, track.CloseTime);
        track.Begun.Clear();
    }

    // ---- who is asked for

    private BarTrack TrackOf(in BarSpec spec)
    {
        if (spec.Kind == BarKind.None) throw new ArgumentException("A bar spec states what completes a bar; this one is the default value.", nameof(spec));
        foreach (BarTrack known in _tracks)
            if (known.Spec == spec) return known;
        BarTrack track = new(spec, _tracks.Count);
        _tracks.Add(track);
        if (spec.Kind == BarKind.Time)
        {
            _timeTracks.Add(track);
            _timeTracks.Sort(BarTrack.Compare);
        }
        if (spec.Source == BarSource.Trades) _hasTrades = true;
        else _hasQuotes = true;
        return track;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BarBuilder[] Builders(ref BarBuilder[]?[] all, InstrumentId instrument, BarSource source) =>
        (uint)instrument.Index < (uint)all.Length && all[instrument.Index] is { } builders ? builders : Make(ref all, instrument, source);

    /// <summary>Looks at an instrument for the first time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BarBuilder[] Make(ref BarBuilder[]?[] all, InstrumentId instrument, BarSource source)
    {
        if (instrument.Index >= all.Length) Array.Resize(ref all, Math.Max(instrument.Index + 1, 2 * all.Length));
        return all[instrument.Index] = BuildersOf(instrument, source, []);
    }

    /// <summary>Something more was asked for, of instruments that were looked at already too: what they have stays.</summary>
    private void Arrange()
    {
        for (int i = 0; i < _trades.Length; i++)
            if (_trades[i] is { } builders) _trades[i] = BuildersOf(new InstrumentId(i), BarSource.Trades, builders);
        for (int i = 0; i < _quotes.Length; i++)
            if (_quotes[i] is { } builders) _quotes[i] = BuildersOf(new InstrumentId(i), BarSource.Quotes, builders);
    }

    private BarBuilder[] BuildersOf(InstrumentId instrument, BarSource source, BarBuilder[] known)
    {
        List<BarBuilder> builders = [];
        foreach (BarTrack track in _tracks)
            if (track.Spec.Source == source && track.Includes(instrument)) builders.Add(Array.Find(known, builder => builder.Track == track) ?? new BarBuilder(track, instrument));
        return [.. builders];
    }
}
