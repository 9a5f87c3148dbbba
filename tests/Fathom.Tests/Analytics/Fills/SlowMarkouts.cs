using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics.Fills;

/// <summary>The slow obvious twin of the mark-outs: keeps every quote and searches.</summary>
internal sealed class SlowMarkouts(Duration[] horizons)
{
    private readonly List<QuoteEvent> _quotes = [];
    private readonly List<FillEvent> _fills = [];

    public void Add(QuoteEvent quote) => _quotes.Add(quote);

    public void Add(FillEvent fill) => _fills.Add(fill);

    public IEnumerable<(ulong Execution, Mid, Mid, Mid)> Finish(Timestamp end) =>
        _fills.Select(fill => (fill.ExecutionId.Low, MidAfter(fill, horizons[0], end), MidAfter(fill, horizons[1], end), MidAfter(fill, horizons[2], end)));

    private Mid MidAfter(FillEvent fill, Duration horizon, Timestamp end)
    {
        Timestamp moment = fill.Header.ReceiveTime + horizon;
        if (moment > end) return Mid.None;
        foreach (QuoteEvent quote in Enumerable.Reverse(_quotes))
            if (quote.Header.Instrument == fill.Header.Instrument && quote.Header.ReceiveTime <= moment) return Mid.Between(quote.Bid, quote.Ask);
        return Mid.None;
    }
}
