using Fathom.Data.Files;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Host.Books;

/// <summary>One row per complete venue event with the best levels after it, columns named and ordered as the vendor's ten-level schema has them.</summary>
internal sealed class BookEventCsv : IDisposable
{
    private readonly CsvFile _csv;
    private readonly BookLevel[] _bids;
    private readonly BookLevel[] _asks;

    public BookEventCsv(string path, int levels)
    {
        _bids = new BookLevel[levels];
        _asks = new BookLevel[levels];
        _csv = CsvFile.Create(path, Columns(levels));
    }

    public long RowCount => _csv.RowCount;

    public void Add(OrderBook book, in MarketByOrder last)
    {
        int bids = book.CopyLevels(Side.Buy, _bids), asks = book.CopyLevels(Side.Sell, _asks);
        _csv.Add(last.Header.EventTime.Nanos);
        _csv.Add(last.Header.ReceiveTime.Nanos);
        _csv.Add(last.Sequence);
        for (int i = 0; i < _bids.Length; i++)
        {
            AddLevel(in _bids[i], i < bids);
            AddLevel(in _asks[i], i < asks);
        }
        _csv.EndRow();
    }

    public void Complete() => _csv.Complete();

    public void Dispose() => _csv.Dispose();

    private void AddLevel(in BookLevel level, bool isThere)
    {
        if (!isThere)
        {
            _csv.AddEmpty();
            _csv.AddEmpty();
            _csv.AddEmpty();
            return;
        }
        _csv.Add(level.Price);
        _csv.Add(level.Quantity);
        _csv.Add(level.Orders);
    }

    private static List<string> Columns(int levels)
    {
        List<string> columns = ["ts_event", "ts_recv", "sequence"];
        for (int i = 0; i < levels; i++)
            foreach (string side in (string[])["bid", "ask"])
                columns.AddRange([$"{side}_px_{i:00}", $"{side}_sz_{i:00}", $"{side}_ct_{i:00}"]);
        return columns;
    }
}
