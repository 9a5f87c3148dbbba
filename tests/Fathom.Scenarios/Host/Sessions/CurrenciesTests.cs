using System.Numerics;
using System.Text.Json;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>One account, three instruments, three currencies, an inverse instrument among them: each currency adds up, and all together where rates are stated.</summary>
public sealed class CurrenciesTests : IDisposable
{
    private static readonly string[] Currencies = ["USD", "BTC", "EUR"];

    /// <summary>The generator's symbols are filled in, in their order.</summary>
    private const string Toml = """
        fees = { per_contract = 0.62 }
        account = { currency = "USD", cash = 1000.5 }
        risk = { kill = { drawdown = 0 } }
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0, size = 2 }
        [[strategy]]
        name = "imbalance-taker"
        params = { imbalance = 0.2, trade_imbalance = 0.1, hold_ms = 200, pause_ms = 50 }
        [instrument."{1}"]
        kind = "inverse"
        currency = "BTC"
        multiplier = 100
        maker_bps = -1
        taker_bps = 5
        per_contract = 0
        [instrument."{2}"]
        currency = "EUR"
        multiplier = 25
        taker_bps = 0.4
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Without_rates_each_currency_adds_up_and_nobody_says_a_total()
    {
        JsonElement summary = Run("apart", out NaiveAccount naive);
        foreach (string name in (string[])["fees", "realized_pnl", "unrealized_pnl", "equity_start", "equity_end", "max_drawdown", "sharpe"])
            Assert.Equal(JsonValueKind.Null, summary.GetProperty(name).ValueKind);
        JsonElement apart = summary.GetProperty("by_currency");
        Assert.Equal(Currencies.Order(), apart.EnumerateObject().Select(currency => currency.Name).Order());
        Assert.Equal("USD", apart.EnumerateObject().First().Name);
        foreach (JsonProperty currency in apart.EnumerateObject()) CheckCurrency(currency, naive);
        Assert.Equal(Currencies.Order(), _runs.Report("apart").GetProperty("equity").EnumerateArray().Select(series => series.GetProperty("unit").GetString()).Order());
    }

    [Fact]
    public void With_rates_the_totals_are_the_converted_parts_to_the_last_digit()
    {
        Dictionary<string, decimal> rates = new() { ["USD"] = 1, ["BTC"] = 61_234.567890123m, ["EUR"] = 1.083000001m };
        JsonElement summary = Run("together", out NaiveAccount naive, "account.rates.BTC=61234.567890123", "account.rates.EUR=1.083000001");
        foreach (JsonProperty currency in summary.GetProperty("by_currency").EnumerateObject()) CheckCurrency(currency, naive);
        foreach (string name in (string[])["fees", "realized_pnl", "unrealized_pnl", "equity_start"])
            Assert.Equal(Currencies.Sum(currency => Converted(SmallRuns.Money(summary.GetProperty("by_currency").GetProperty(currency), name), rates[currency])), SmallRuns.Money(summary, name));
        Assert.Equal(1000.5m, SmallRuns.Money(summary, "equity_start"));
        CheckIdentity(summary);
        Assert.Equal(JsonValueKind.Number, summary.GetProperty("max_drawdown").ValueKind);
        foreach (JsonProperty strategy in summary.GetProperty("by_strategy").EnumerateObject())
        {
            (decimal realized, decimal unrealized, decimal fees) = (0, 0, 0);
            foreach (string currency in Currencies)
            {
                (decimal Realized, decimal Unrealized, decimal Fees) part = naive.Money(strategy.Name, currency);
                realized += Converted(part.Realized, rates[currency]);
                unrealized += Converted(part.Unrealized, rates[currency]);
                fees += Converted(part.Fees, rates[currency]);
            }
            Assert.Equal((realized, unrealized, fees), (SmallRuns.Money(strategy.Value, "realized_pnl"), SmallRuns.Money(strategy.Value, "unrealized_pnl"), SmallRuns.Money(strategy.Value, "fees")));
        }
    }

    private JsonElement Run(string folder, out NaiveAccount naive, params string[] sets)
    {
        string market = _runs.Market("market.dbn", events: 40_000, instruments: 3);
        string[] symbols = ["FTHH6", "FAAAH6", "FAAAM6"];
        _runs.Run(SmallRuns.Bind(Toml.Replace("{1}", symbols[1]).Replace("{2}", symbols[2]), market, sets), folder);
        JsonElement summary = _runs.Summary(folder);
        Assert.Equal(symbols, summary.GetProperty("instruments").EnumerateArray().Select(instrument => instrument.GetProperty("symbol").GetString()));
        naive = new NaiveAccount(summary, _runs.Rows(folder, "fills.csv"), market);
        Assert.Equal(3, naive.Holdings.Select(part => part.Symbol).Distinct().Count());
        Assert.All(naive.Holdings.GroupBy(part => part.Symbol), parts => Assert.True(parts.Sum(part => part.Holding.Fills) > 20, $"{parts.Key} trades"));
        foreach (JsonElement instrument in summary.GetProperty("instruments").EnumerateArray())
            Assert.Equal(naive.Position(instrument.GetProperty("symbol").GetString()!), SmallRuns.Money(instrument, "position"));
        return summary;
    }

    private static void CheckCurrency(JsonProperty currency, NaiveAccount naive)
    {
        JsonElement told = currency.Value;
        Assert.Equal(naive.Money(currency: currency.Name), (SmallRuns.Money(told, "realized_pnl"), SmallRuns.Money(told, "unrealized_pnl"), SmallRuns.Money(told, "fees")));
        Assert.Equal(currency.Name == "USD" ? 1000.5m : 0, SmallRuns.Money(told, "equity_start"));
        CheckIdentity(told);
    }

    private static void CheckIdentity(JsonElement told) => Assert.Equal(
        SmallRuns.Money(told, "equity_end"),
        SmallRuns.Money(told, "equity_start") + SmallRuns.Money(told, "realized_pnl") + SmallRuns.Money(told, "unrealized_pnl") - SmallRuns.Money(told, "fees"));

    /// <summary>Half to even at 1e-9.</summary>
    private static decimal Converted(decimal money, decimal rate)
    {
        BigInteger units = (BigInteger)(money * 1_000_000_000m) * (BigInteger)(rate * 1_000_000_000m), whole = BigInteger.DivRem(BigInteger.Abs(units), 1_000_000_000, out BigInteger rest);
        if (rest > 500_000_000 || (rest == 500_000_000 && !whole.IsEven)) whole++;
        return units.Sign * (decimal)whole / 1_000_000_000m;
    }
}
