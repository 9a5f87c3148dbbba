using Fathom.Analytics.Series;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Quotes;

/// <summary>What is kept of one instrument's market: the mark in force, its thinned history, and our fills on it.</summary>
internal sealed class InstrumentTape(int pointsMax, int fillsMax)
{
    private Price _bid, _ask;

    /// <summary>Best prices so far, in units of 1e-9.</summary>
    public ThinnedSeries Quotes { get; } = new(pointsMax);

    public EvenSample<FillMark> Buys { get; } = new(fillsMax);
    public EvenSample<FillMark> Sells { get; } = new(fillsMax);

    public bool HasFill => Buys.Total + Sells.Total > 0;

    /// <summary>None before the first quote.</summary>
    public Mid Mid => Quotes.Total == 0 ? Mid.None : Mid.Between(_bid, _ask);

    public void Note(in QuoteEvent quote)
    {
        _bid = quote.Bid;
        _ask = quote.Ask;
        Quotes.Add(quote.Header.ReceiveTime, quote.Bid.Nanos, quote.Ask.Nanos);
    }

    public void Note(in FillEvent fill) =>
        (fill.Side == Side.Buy ? Buys : Sells).Add(new FillMark(fill.Header.ReceiveTime, fill.Price, fill.Quantity, fill.Liquidity));
}
