using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Market.Books;
using Fathom.Market.Books.Bars;
using Fathom.Market.Universe;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>
/// Computes what was asked for by name, of every instrument, as the market comes: bars and trades when they come, the book after each complete venue event, and what follows from the newest book alone when somebody reads it.
/// Two that ask for the same share it. Where nobody asks it costs nothing.
/// </summary>
/// <remarks>It is an engine's own, not of the stage that engines share: what is computed depends on what an engine's strategies asked for.</remarks>
internal sealed class FeaturePipeline(BookSet books, BarSet bars, Instruments instruments, SessionHours hours, OrderBlotter blotter, QueueTracker queue)
{
    private readonly SessionCalendar _calendar = new(hours);
    private readonly List<(string Symbol, FeatureSource Source, FeatureLink Link)> _waiting = [];      // for instruments that were not seen yet
    private readonly List<FeatureVector> _vectors = [];      // in the order in which they were made
    private FeatureVector?[] _byInstrument = [];
    private Timestamp _nextOpen = Timestamp.Earliest;
    private bool _isStarted;

    public FeaturePlan Plan { get; } = new();

    /// <summary>Somebody asked for something.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Of the engine.</summary>
    public Timestamp Clock { get; set; } = Timestamp.Earliest;

    /// <summary>In the order in which their instruments came.</summary>
    public IReadOnlyList<FeatureVector> Vectors => _vectors;

    /// <summary>Asks for a feature of every instrument, or of the one that it names.</summary>
    /// <exception cref="InputException">There is no such feature, or it cannot be had like this.</exception>
    public FeatureHandle Add(FeatureSpec spec)
    {
        RequirePlanning();
        return Subscribe(Plan.Add(spec));
    }

    /// <summary>Asks for a feature of the user's own.</summary>
    /// <exception cref="InputException">It cannot be had like this.</exception>
    public FeatureHandle Add(FeatureSpec spec, Func<Feature> create)
    {
        RequirePlanning();
        return Subscribe(Plan.Add(spec, create));
    }

    /// <summary>The strategies have asked.</summary>
    public void Start() => _isStarted = true;

    /// <summary>The vector of an instrument; the run has started.</summary>
    public FeatureVector this[InstrumentId instrument] =>
        (uint)instrument.Index < (uint)_byInstrument.Length && _byInstrument[instrument.Index] is { } vector ? vector : Make(instrument);

    /// <summary>Null while no instrument of that symbol was seen.</summary>
    public FeatureVector? Find(string symbol)
    {
        foreach (FeatureVector vector in _vectors)
            if (vector.Symbol == symbol) return vector;
        return null;
    }

    /// <summary>A venue event is complete.</summary>
    /// <param name="isMoved">The book is sound and a best price is another than at the last sound one.</param>
    public void NoteEvent(InstrumentId instrument, in EventBest best, bool isMoved)
    {
        if (Clock >= _nextOpen) OpenSession(Clock);
        this[instrument].NoteEvent(in best, isMoved, Clock);
    }

    /// <summary>A public trade; one without a price or a quantity is none.</summary>
    public void NoteTrade(InstrumentId instrument, Price price, Quantity quantity, Side aggressor)
    {
        if (price.IsNone || !quantity.IsPositive || quantity.IsNone) return;
        if (Clock >= _nextOpen) OpenSession(Clock);
        this[instrument].NoteTrade(price, quantity, aggressor, Clock);
    }

    /// <summary>A bar has just closed: the newest of the series. One that closes when a session opens belongs to the session before.</summary>
    public void NoteBar(BarSeries series)
    {
        if (series[0].CloseTime > _nextOpen) OpenSession(series[0].CloseTime);
        this[series.Instrument].NoteBar(series);
    }

    /// <summary>From here on, or as soon as the instrument is seen, the link takes that series of it.</summary>
    public void Connect(string symbol, FeatureSource source, FeatureLink link)
    {
        if (Find(symbol) is { } vector) vector.Connect(source, link);
        else _waiting.Add((symbol, source, link));
    }

    /// <summary>Quantity ahead of our best order of each side in its queue; NaN where there is none, or its place is not known.</summary>
    public (double Bid, double Ask) OwnPlaces(InstrumentId instrument)
    {
        Order? bid = null, ask = null;
        for (Order? order = blotter.First(instrument); order is not null; order = order.Next)
        {
            if (order.Price.IsNone) continue;
            if (order.Side == Side.Buy && (bid is null || order.Price > bid.Price)) bid = order;
            if (order.Side == Side.Sell && (ask is null || order.Price < ask.Price)) ask = order;
        }
        return (AheadOf(bid), AheadOf(ask));
    }

    /// <summary>What was asked for and could never be computed: instruments that did not come, and series of two instruments that never met.</summary>
    public IEnumerable<(PlannedFeature Feature, string Symbol)> Unmet()
    {
        foreach (PlannedFeature planned in Plan.Features)
            if (planned.Instrument.Length > 0 && Find(planned.Instrument) is null) yield return (planned, planned.Instrument);
        foreach ((string symbol, FeatureSource _, FeatureLink link) in _waiting) yield return (link.Node.Plan, symbol);
        foreach (FeatureVector vector in _vectors)
            foreach (PlannedFeature planned in Plan.Features)
                if (planned.Other.Length > 0 && vector.Symbol != planned.Other && vector.FeatureAt(planned.Columns.First) is PairFeature { HasOverlap: false }) yield return (planned, vector.Symbol);
    }

    private double AheadOf(Order? order)
    {
        if (order is null) return double.NaN;
        Quantity ahead = queue.Ahead(order);
        return ahead.IsNone ? double.NaN : ahead.ToDouble();
    }

    private FeatureHandle Subscribe(FeatureHandle columns)
    {
        IsActive = true;
        FeatureSource source = Plan.Of(columns.First).Source;
        if (source.Kind == FeatureSourceKind.Bars) bars.Subscribe(source.Bars);
        return columns;
    }

    private void RequirePlanning()
    {
        if (_isStarted) throw new InvalidOperationException("Features are asked for in OnStart.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OpenSession(Timestamp time)
    {
        foreach (FeatureVector vector in _vectors) vector.OpenSession();
        _nextOpen = _calendar.Next(_calendar.Next(time).Close).Open;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private FeatureVector Make(InstrumentId instrument)
    {
        Invariant.Require(_isStarted, "vectors are made when all that strategies ask for is known");
        if (instrument.Index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(instrument.Index + 1, 2 * _byInstrument.Length));
        string symbol = instruments.Contains(instrument) ? instruments[instrument].Symbol.ToString() : $"{instrument.Index}";
        FeatureVector vector = new(this, books[instrument], symbol);
        _byInstrument[instrument.Index] = vector;
        _vectors.Add(vector);
        vector.OpenSession();
        for (int i = 0; i < _waiting.Count;)
        {
            if (_waiting[i].Symbol != symbol)
            {
                i++;
                continue;
            }
            (string _, FeatureSource source, FeatureLink link) = _waiting[i];
            _waiting.RemoveAt(i);
            vector.Connect(source, link);
        }
        return vector;
    }
}
