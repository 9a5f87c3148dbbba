using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>
/// The features of one instrument side by side, in the order in which they were asked for: the same columns for every instrument of a run, from its start to its end. Features that follow from the newest book alone are
/// computed when they are read, at most once per venue event. A value that is not known (yet) is NaN. The object stays the same, its values follow the market.
/// </summary>
public sealed class FeatureVector
{
    private readonly FeaturePipeline _pipeline;
    private readonly OrderBook _book;
    private readonly double[] _values;
    private readonly FeatureNode?[] _byColumn;      // null where the feature is another instrument's
    private readonly FeatureNode[] _tapeBook, _tapeTrades, _moment, _timed, _sessions;      // by what they want to be told
    private readonly List<FeatureLink> _mid = [], _trades = [];
    private readonly List<BarFeed> _bars = [];
    private readonly ForeignColumns[] _foreign;
    private readonly BookSample _sample;
    private readonly BookLevel[] _levels;
    private readonly int _momentDepth, _eventDepth;
    private readonly bool _takesOwnOrders;
    private EventBest _best;
    private double _bid = double.NaN, _ask = double.NaN;      // of the last sound book
    private int _filled;      // levels of the sample that are of the newest event
    private bool _isDirty;
    private Timestamp _asOf = Timestamp.Earliest;

    internal FeatureVector(FeaturePipeline pipeline, OrderBook book, string symbol)
    {
        _pipeline = pipeline;
        _book = book;
        Symbol = symbol;
        IReadOnlyList<PlannedFeature> plan = pipeline.Plan.Features;
        _values = new double[pipeline.Plan.Columns.Count];
        Array.Fill(_values, double.NaN);
        _byColumn = new FeatureNode?[_values.Length];
        List<FeatureNode> tapeBook = [], tapeTrades = [], moment = [], timed = [], sessions = [];
        List<ForeignColumns> foreign = [];
        foreach (PlannedFeature planned in plan)
        {
            if (planned.Instrument.Length > 0 && planned.Instrument != symbol)
            {
                foreign.Add(new ForeignColumns(planned.Columns, planned.Instrument));
                continue;
            }
            FeatureNode node = new(planned.Create(), planned);
            node.Feature.Place(_values, planned.Columns.First);
            for (int i = 0; i < planned.Columns.Count; i++) _byColumn[planned.Columns.First + i] = node;
            if (node.Feature.FollowsTime) timed.Add(node);
            if (node.Feature.FollowsSessions) sessions.Add(node);
            if (node.Feature is not TapeFeature tape)
            {
                Connect(node, planned);
                continue;
            }
            if (tape.TakesTrades) tapeTrades.Add(node);
            bool isOfMoment = tape.IsOfMoment && !IsFollowed(planned, plan);
            if (isOfMoment) moment.Add(node);
            else if (tape.TakesBook) tapeBook.Add(node);
            if (tape.TakesBook || tape.IsOfMoment)
            {
                if (isOfMoment) _momentDepth = Math.Max(_momentDepth, tape.Depth);
                else _eventDepth = Math.Max(_eventDepth, tape.Depth);
            }
            _takesOwnOrders |= tape.TakesOwnOrders;
        }
        (_tapeBook, _tapeTrades, _moment, _timed, _sessions, _foreign) = ([.. tapeBook], [.. tapeTrades], [.. moment], [.. timed], [.. sessions], [.. foreign]);
        int depth = Math.Max(Math.Max(_momentDepth, _eventDepth), 1);
        _sample = new BookSample(depth);
        _levels = new BookLevel[depth];
    }

    public InstrumentId Instrument => _book.Instrument;

    public string Symbol { get; }

    /// <summary>Names of the columns: those that the configuration states, then what strategies asked for. The same for every instrument.</summary>
    public ReadOnlySpan<string> Names => _pipeline.Plan.ColumnSpan;

    /// <summary>Columns that the configuration states.</summary>
    public int ConfiguredCount => _pipeline.Plan.ConfiguredCount;

    /// <summary>In the order of <see cref="Names"/>; NaN = not known. As of the last complete venue event and the engine's clock. Good until the callback returns.</summary>
    public ReadOnlySpan<double> Values
    {
        get
        {
            Refresh();
            return _values;
        }
    }

    /// <summary>The first output of a feature; NaN while it is not known.</summary>
    public double this[FeatureHandle feature] => Values[feature.First];

    /// <summary>An output of a feature; NaN while it is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature has no such output.</exception>
    public double this[FeatureHandle feature, int output] =>
        (uint)output < (uint)feature.Count ? Values[feature.First + output] : throw new ArgumentOutOfRangeException(nameof(output), output, $"The feature has {feature.Count} outputs.");

    /// <summary>All outputs of the feature are known.</summary>
    public bool IsReady(FeatureHandle feature)
    {
        foreach (double value in Values.Slice(feature.First, feature.Count))
            if (double.IsNaN(value)) return false;
        return true;
    }

    /// <summary>Every column that the configuration states is known.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (double value in Values[..ConfiguredCount])
                if (double.IsNaN(value)) return false;
            return true;
        }
    }

    /// <summary>How often the features of the moment were computed.</summary>
    internal long Evaluations { get; private set; }

    /// <summary>Null where the feature is another instrument's.</summary>
    internal Feature? FeatureAt(int column) => _byColumn[column]?.Feature;

    // ---- what the market tells

    /// <summary>A venue event is complete.</summary>
    /// <param name="isMoved">The book is sound and a best price is another than at the last sound one.</param>
    internal void NoteEvent(in EventBest best, bool isMoved, Timestamp time)
    {
        _best = best;
        _isDirty = true;
        _filled = 0;
        if (_momentDepth > 1) Fill(Math.Max(_momentDepth, _eventDepth));      // deeper levels may be read within the next event, when the book has gone on
        else (_sample.IsStale, _sample.Time) = (_book.IsStale, time);
        if (isMoved) (_bid, _ask) = (best.Bid.Price.ToDouble(), best.Ask.Price.ToDouble());
        if (_tapeBook.Length > 0) TakeBook(time);
        if (isMoved && _mid.Count > 0) Give(_mid, time, (_bid + _ask) / 2);
    }

    internal void NoteTrade(Price price, Quantity quantity, Side aggressor, Timestamp time)
    {
        if (_tapeTrades.Length == 0 && _trades.Count == 0) return;
        double traded = price.ToDouble();
        TradeSample trade = new(time, traded, quantity.ToDouble(), aggressor.Sign(), _bid, _ask);
        foreach (FeatureNode node in _tapeTrades)
        {
            ((TapeFeature)node.Feature).TakeTrade(in trade);
            if (node.HasFollowers) node.Pass(time);
        }
        Give(_trades, time, traded);
    }

    internal void NoteBar(BarSeries series)
    {
        foreach (BarFeed feed in _bars)
            if (feed.Spec == series.Spec) feed.Give(in series[0]);
    }

    internal void OpenSession()
    {
        foreach (FeatureNode node in _sessions) node.Feature.OpenSession();
    }

    /// <summary>From here on the link takes that series of this instrument.</summary>
    internal void Connect(FeatureSource source, FeatureLink link)
    {
        switch (source.Kind)
        {
            case FeatureSourceKind.Mid: _mid.Add(link); break;
            case FeatureSourceKind.Trades: _trades.Add(link); break;
            case FeatureSourceKind.Bars: FeedOf(source).Add(source.Field, link); break;
            case FeatureSourceKind.Feature when _byColumn[source.Column] is { } node: node.Follow(source.Column - node.Plan.Columns.First, link); break;
            case FeatureSourceKind.Feature: _pipeline.Connect(_pipeline.Plan.Of(source.Column).Instrument, source, link); break;
            default: throw new InvariantException("a series comes from the market or from a feature");
        }
    }

    // ---- reading

    private void Refresh()
    {
        if (_isDirty && _moment.Length > 0) Evaluate();
        if (_timed.Length > 0 && _asOf != _pipeline.Clock) Age();
        foreach (ref ForeignColumns foreign in _foreign.AsSpan())
        {
            foreign.Owner ??= _pipeline.Find(foreign.Symbol);
            foreign.Owner?.Values.Slice(foreign.Columns.First, foreign.Columns.Count).CopyTo(_values.AsSpan(foreign.Columns.First));
        }
    }

    private void Evaluate()
    {
        _isDirty = false;
        Evaluations++;
        Fill(_momentDepth);
        foreach (FeatureNode node in _moment) ((TapeFeature)node.Feature).TakeBook(_sample);
    }

    private void Age()
    {
        _asOf = _pipeline.Clock;
        foreach (FeatureNode node in _timed) node.Feature.AsOf(_asOf);
    }

    private void TakeBook(Timestamp time)
    {
        Fill(_eventDepth);
        foreach (FeatureNode node in _tapeBook)
        {
            ((TapeFeature)node.Feature).TakeBook(_sample);
            if (node.HasFollowers) node.Pass(time);
        }
    }

    /// <summary>Brings the sample to the newest event, at least as deep as that. What is read later is of the event's end too: the best levels were kept, and deeper ones are filled there.</summary>
    private void Fill(int depth)
    {
        if (_filled >= depth) return;
        _filled = depth;
        if (depth > 1) (_sample.IsStale, _sample.Time) = (_book.IsStale, _pipeline.Clock);
        if (_takesOwnOrders) (_sample.BidAhead, _sample.AskAhead) = _pipeline.OwnPlaces(Instrument);
        if (depth == 1)
        {
            _sample.BidCount = _best.Bid == default ? 0 : 1;
            _sample.AskCount = _best.Ask == default ? 0 : 1;
            if (_sample.BidCount > 0) _sample.SetBid(0, _best.Bid.Price.ToDouble(), _best.Bid.Quantity.ToDouble());
            if (_sample.AskCount > 0) _sample.SetAsk(0, _best.Ask.Price.ToDouble(), _best.Ask.Quantity.ToDouble());
            return;
        }
        _sample.BidCount = _book.CopyLevels(Side.Buy, _levels.AsSpan(0, depth));
        for (int i = 0; i < _sample.BidCount; i++) _sample.SetBid(i, _levels[i].Price.ToDouble(), _levels[i].Quantity.ToDouble());
        _sample.AskCount = _book.CopyLevels(Side.Sell, _levels.AsSpan(0, depth));
        for (int i = 0; i < _sample.AskCount; i++) _sample.SetAsk(i, _levels[i].Price.ToDouble(), _levels[i].Quantity.ToDouble());
    }

    // ---- connecting

    private void Connect(FeatureNode node, PlannedFeature planned)
    {
        if (node.Feature is BarFeature)
        {
            FeedOf(planned.Source).Add(node);
            return;
        }
        FeatureLink link = new(node, node.Feature as ValueFeature, node.Feature as PairFeature, IsSecond: false);
        Connect(planned.Source, link);
        if (node.Feature is PairFeature) _pipeline.Connect(planned.Other, planned.Source, link with { IsSecond = true });
    }

    private BarFeed FeedOf(FeatureSource source)
    {
        foreach (BarFeed known in _bars)
            if (known.Spec == source.Bars) return known;
        BarFeed feed = new(source.Bars);
        _bars.Add(feed);
        return feed;
    }

    private static bool IsFollowed(PlannedFeature planned, IReadOnlyList<PlannedFeature> plan)
    {
        foreach (PlannedFeature other in plan)
        {
            int column = other.Source.Kind == FeatureSourceKind.Feature ? other.Source.Column - planned.Columns.First : -1;
            if (column >= 0 && column < planned.Columns.Count) return true;
        }
        return false;
    }

    private static void Give(List<FeatureLink> links, Timestamp time, double value)
    {
        foreach (FeatureLink link in links) link.Give(time, value);
    }

    /// <summary>Columns of a feature that is another instrument's; its vector is null while it was not seen.</summary>
    private record struct ForeignColumns(FeatureHandle Columns, string Symbol)
    {
        public FeatureVector? Owner;
    }
}
