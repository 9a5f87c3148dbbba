using Fathom.Domain.Books;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>What the best of one instrument's book and its recent trades say, as numbers. As of the last complete venue event, evaluated at most once per event, when somebody reads it. Every value is NaN
/// while it is not known: without two sides, while the book is stale, locked or crossed, or before a trade.</summary>
public sealed class InstrumentFeatures
{
    private readonly FeatureSet _set;
    private readonly IBookView _book;
    private readonly TradeWindow _trades;
    private Price _bid = Price.None, _ask = Price.None;
    private double _mid, _weightedMid, _spread, _imbalance;
    private bool _isCurrent;

    internal InstrumentFeatures(FeatureSet set, IBookView book, TradeWindow trades)
    {
        _set = set;
        _book = book;
        _trades = trades;
    }

    public InstrumentId Instrument => _book.Instrument;

    /// <summary>Best bid; None while the values are not known.</summary>
    public Price Bid => Current()._bid;

    /// <summary>Best ask; None while the values are not known.</summary>
    public Price Ask => Current()._ask;

    /// <summary>(bid + ask) / 2, in price units.</summary>
    public double Mid => Current()._mid;

    /// <summary>Size-weighted mid (bid × ask quantity + ask × bid quantity) / (bid quantity + ask quantity), in price units: it leans toward the thinner side, which is
    /// likelier to be consumed first.</summary>
    /// <remarks>Source: Stoikov (2018), "The micro-price", where it is the "weighted mid-price".</remarks>
    public double WeightedMid => Current()._weightedMid;

    /// <summary>ask − bid, in price units, above zero.</summary>
    public double Spread => Current()._spread;

    /// <summary>(bid quantity − ask quantity) / (bid quantity + ask quantity) at the best prices, −1 to 1.</summary>
    public double Imbalance => Current()._imbalance;

    /// <summary>(bought − sold) / (bought + sold) over the quantities of the trades in the window (now − window, now], by the aggressor's side, −1 to 1. NaN without such a
    /// trade. This is not order-flow imbalance, which counts changes of the quotes.</summary>
    public double TradeImbalance => _set.TradeImbalance(_trades);

    /// <summary>How often the values were made anew.</summary>
    internal long Evaluations { get; private set; }

    /// <summary>The book changed.</summary>
    internal void NoteEvent() => _isCurrent = false;

    private InstrumentFeatures Current()
    {
        if (!_isCurrent) Evaluate();
        return this;
    }

    private void Evaluate()
    {
        _isCurrent = true;
        Evaluations++;
        EventBest best = _set.BestOf(_book.Instrument);
        (BookLevel bid, BookLevel ask) = (best.Bid, best.Ask);
        if (!best.IsSound || bid.Price == ask.Price)
        {
            _mid = _weightedMid = _spread = _imbalance = double.NaN;
            _bid = _ask = Price.None;
            return;
        }
        _bid = bid.Price;
        _ask = ask.Price;
        double bidPrice = bid.Price.ToDouble(), askPrice = ask.Price.ToDouble();
        double bidQuantity = bid.Quantity.ToDouble(), askQuantity = ask.Quantity.ToDouble(), both = bidQuantity + askQuantity;
        _mid = (bidPrice + askPrice) / 2;
        _weightedMid = (bidPrice * askQuantity + askPrice * bidQuantity) / both;
        _spread = (ask.Price.Nanos - bid.Price.Nanos) / (double)Price.Scale;
        _imbalance = (bidQuantity - askQuantity) / both;
    }
}
