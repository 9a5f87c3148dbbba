using System.Text.Json;
using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Twins.SlowBook;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>A run's money by nothing but its fills.csv, the terms that its summary states, and the last good prices of its data in the slow book.</summary>
internal sealed class NaiveAccount
{
    /// <summary>How far the split into realised and unrealised may be from the double entry, per holding: each of the two is rounded once.</summary>
    private const decimal RoundingMax = 0.000000002m;

    private readonly Dictionary<string, (decimal Multiplier, bool IsInverse, string Currency)> _terms = [];
    private readonly SortedDictionary<(string Strategy, string Symbol), NaiveHolding> _holdings = [];
    private readonly Dictionary<string, (decimal Bid, decimal Ask)> _marks;

    public NaiveAccount(JsonElement summary, IEnumerable<Dictionary<string, string>> fills, string market)
    {
        string[] symbols = [.. summary.GetProperty("instruments").EnumerateArray().Select(instrument => instrument.GetProperty("symbol").GetString()!)];
        foreach (JsonElement instrument in summary.GetProperty("instruments").EnumerateArray())
            _terms[instrument.GetProperty("symbol").GetString()!] =
                (SmallRuns.Money(instrument, "multiplier"), instrument.GetProperty("kind").GetString() == "inverse", instrument.GetProperty("currency").GetString()!);
        _marks = LastMarks(market, symbols);
        foreach (Dictionary<string, string> fill in fills) Take(fill);
    }

    public long Fills => _holdings.Values.Sum(holding => holding.Fills);

    public IEnumerable<(string Strategy, string Symbol, NaiveHolding Holding)> Holdings => _holdings.Select(pair => (pair.Key.Strategy, pair.Key.Symbol, pair.Value));

    public decimal Position(string symbol) => Of(null, null, symbol).Sum(part => part.Holding.Held);

    /// <summary>Of one owner or all, in one currency or where there is only one.</summary>
    public (decimal Realized, decimal Unrealized, decimal Fees) Money(string? strategy = null, string? currency = null)
    {
        decimal realized = 0, unrealized = 0, fees = 0;
        foreach ((string symbol, NaiveHolding holding) in Of(strategy, currency, null))
        {
            (decimal bid, decimal ask) = _marks[symbol];
            decimal open = holding.Unrealized(bid, ask);
            Assert.InRange(holding.Realized + open - holding.Profit(bid, ask), -RoundingMax * _terms[symbol].Multiplier, RoundingMax * _terms[symbol].Multiplier);
            (realized, unrealized, fees) = (realized + holding.Realized, unrealized + open, fees + holding.Fees);
        }
        return (realized, unrealized, fees);
    }

    private IEnumerable<(string Symbol, NaiveHolding Holding)> Of(string? strategy, string? currency, string? symbol) =>
        Holdings.Where(part => (strategy ?? part.Strategy) == part.Strategy && (symbol ?? part.Symbol) == part.Symbol && (currency ?? _terms[part.Symbol].Currency) == _terms[part.Symbol].Currency)
            .Select(part => (part.Symbol, part.Holding));

    private void Take(Dictionary<string, string> fill)
    {
        (string, string) key = (fill["strategy"], fill["instrument"]);
        (decimal multiplier, bool isInverse, string currency) = _terms[fill["instrument"]];
        if (!_holdings.TryGetValue(key, out NaiveHolding? holding)) _holdings[key] = holding = new NaiveHolding(multiplier, isInverse);
        holding.Fill(fill["side"] == "buy", SmallRuns.Number(fill["price"]), SmallRuns.Number(fill["quantity"]), SmallRuns.Number(fill["fee"]));
        Assert.Equal(currency, fill["currency"]);
        Assert.Equal(holding.Held, SmallRuns.Number(fill["position"]));      // after each fill, not only at the end
    }

    /// <summary>The best prices after the last complete event in which both sides were there and not crossed.</summary>
    private static Dictionary<string, (decimal Bid, decimal Ask)> LastMarks(string market, string[] symbols)
    {
        Dictionary<string, (decimal, decimal)> marks = [];
        SlowBookSet books = new();
        using DbnSource source = DbnFile.Open(market);
        byte[] buffer = new byte[64 << 10];
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            for (int at = 0; at < length; at += Messages.Header(buffer.AsSpan(at)).Length)
            {
                ReadOnlySpan<byte> message = buffer.AsSpan(at, Messages.Header(buffer.AsSpan(at)).Length);
                books.ApplyBatch(message);
                if (Messages.Header(message).Type != MessageType.MarketByOrder || !Messages.As<MarketByOrder>(message).IsLast) continue;
                int instrument = Messages.Header(message).Instrument.Index;
                SlowBook book = books.BookOf(instrument);
                if (book.Bids.Count == 0 || book.Asks.Count == 0 || book.IsStale) continue;
                (long bid, long ask) = (book.Bids.First().Key, book.Asks.First().Key);
                if (bid <= ask) marks[symbols[instrument]] = (bid / (decimal)Price.Scale, ask / (decimal)Price.Scale);
            }
        }
        return marks;
    }
}
