using Fathom.Data.Dbn;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Books;
using Fathom.Host.Terminal;
using Fathom.Market.Books;

namespace Fathom.Host.Verify;

/// <summary>The user's market: of a market-by-order file the books after each event and the trades, the prices of trades as values, mids and prices of trades as a pair, bars of a few trades.
/// It begins with the first trade behind a sound book.</summary>
internal sealed class MarketFile : IDisposable
{
    private const int TradesPerBar = 5;

    private readonly int _rowsMax;
    private readonly List<double> _tape = [], _prices = [], _pairs = [], _bars = [];
    private readonly BookLevel[] _bids = new BookLevel[FeatureTable.Depth], _asks = new BookLevel[FeatureTable.Depth];
    private readonly double[] _row = new double[FeatureTable.ColumnsOf(FeatureTakes.Tape)];
    private readonly List<(double Price, double Quantity)> _barTrades = [];
    private readonly BookReplay _replay;
    private Timestamp _first = Timestamp.None, _last = Timestamp.Earliest;
    private double _bid = double.NaN, _ask = double.NaN;
    private int _trades;

    private MarketFile(string path, string? instrument, int rowsMax, CancellationToken stop)
    {
        _rowsMax = rowsMax;
        _replay = new BookReplay(path, new DbnReadOptions { Instruments = instrument is null ? [] : [instrument] }, stop) { OnTrade = NoteTrade };
    }

    /// <param name="instrument">By symbol or number; null = the only one.</param>
    /// <param name="rowsMax">Of each table.</param>
    /// <exception cref="Domain.InputException">It is no market-by-order file, or has several instruments.</exception>
    public static IReadOnlyList<FeatureTable> Read(string path, string? instrument, int rowsMax, Screen screen, CancellationToken stop)
    {
        using MarketFile file = new(path, instrument, rowsMax, stop);
        file._replay.RunToEnd(screen, file.NoteBook);
        string name = Path.GetFileName(path);
        return
        [
            new(FeatureTakes.Tape, name, [.. file._tape]), new(FeatureTakes.Values, $"trades of {name}", [.. file._prices]),
            new(FeatureTakes.Pairs, $"mids and trades of {name}", [.. file._pairs]), new(FeatureTakes.Bars, $"bars of {TradesPerBar} trades of {name}", [.. file._bars]),
        ];
    }

    public void Dispose() => _replay.Dispose();

    private bool IsTapeFull => _tape.Count >= _rowsMax * _row.Length;

    private void NoteBook(OrderBook book, in MarketByOrder last)
    {
        int bids = book.CopyLevels(Side.Buy, _bids), asks = book.CopyLevels(Side.Sell, _asks);
        bool isSound = !book.IsStale && bids > 0 && asks > 0 && _bids[0].Price < _asks[0].Price;
        if (isSound) (_bid, _ask) = (_bids[0].Price.ToDouble(), _asks[0].Price.ToDouble());
        if (_first.IsNone) return;
        double time = Since(last.Header.ReceiveTime);
        if (isSound && _pairs.Count < _rowsMax * FeatureTable.ColumnsOf(FeatureTakes.Pairs)) _pairs.AddRange([time, 0, 0, (_bid + _ask) / 2]);
        if (IsTapeFull) return;
        Begin(time, FeatureTable.BookKind);
        _row[FeatureTable.Stale] = book.IsStale ? 1 : 0;
        (_row[FeatureTable.BidCount], _row[FeatureTable.AskCount]) = (bids, asks);
        Fill(FeatureTable.Bids, _bids.AsSpan(0, bids));
        Fill(FeatureTable.Asks, _asks.AsSpan(0, asks));
        _tape.AddRange(_row);
    }

    private void NoteTrade(in MarketByOrder trade)
    {
        if (trade.Price.IsNone || trade.Quantity.IsNone || !trade.Quantity.IsPositive || double.IsNaN(_bid)) return;
        if (_first.IsNone) _first = trade.Header.ReceiveTime;
        double time = Since(trade.Header.ReceiveTime), opens = _trades == 0 ? 1 : 0, price = trade.Price.ToDouble(), quantity = trade.Quantity.ToDouble();
        if (!IsTapeFull)
        {
            Begin(time, FeatureTable.TradeKind);
            _row[FeatureTable.Opens] = opens;
            (_row[FeatureTable.Price], _row[FeatureTable.Quantity]) = (price, quantity);
            _row[FeatureTable.Sign] = trade.Side switch { Side.Buy => 1, Side.Sell => -1, _ => 0 };
            (_row[FeatureTable.Bid], _row[FeatureTable.Ask]) = (_bid, _ask);
            _tape.AddRange(_row);
        }
        _prices.AddRange([time, opens, price]);
        if (_pairs.Count < _rowsMax * FeatureTable.ColumnsOf(FeatureTakes.Pairs)) _pairs.AddRange([time, opens, 1, price]);
        _barTrades.Add((price, quantity));
        if (_barTrades.Count == TradesPerBar) CloseBar(time);
        if (++_trades == _rowsMax) _replay.End();
    }

    private void CloseBar(double time)
    {
        _bars.AddRange([time, _bars.Count == 0 ? 1 : 0, _barTrades[0].Price, _barTrades.Max(trade => trade.Price), _barTrades.Min(trade => trade.Price), _barTrades[^1].Price, _barTrades.Sum(trade => trade.Quantity)]);
        _barTrades.Clear();
    }

    /// <summary>Receive times of a file may go back a little; those of samples do not.</summary>
    private double Since(Timestamp time)
    {
        _last = Timestamp.Max(_last, time);
        return (_last - _first).Nanos;
    }

    private void Begin(double time, double kind)
    {
        Array.Fill(_row, double.NaN);
        (_row[FeatureTable.Time], _row[FeatureTable.Opens], _row[FeatureTable.Kind]) = (time, 0, kind);
    }

    private void Fill(int side, ReadOnlySpan<BookLevel> levels)
    {
        for (int level = 0; level < levels.Length; level++)
            (_row[side + 2 * level], _row[side + 2 * level + 1]) = (levels[level].Price.ToDouble(), levels[level].Quantity.ToDouble());
    }
}
