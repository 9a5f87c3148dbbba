using System.Text.Json;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop.CarryOver;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;

namespace Fathom.Scenarios.Host.Sessions;

/// <summary>A run that goes on with the account of an earlier one.</summary>
public sealed class CarriedSessionTests : IDisposable
{
    private const string Toml = """
        [fees]
        per_contract = 0.25
        [[strategy]]
        name = "imbalance-taker"
        id = "taker"
        [strategy.params]
        imbalance = 0.1
        trade_imbalance = 0
        pause_ms = 100
        """;

    private const string Quoter = """
        [[strategy]]
        name = "quoter"
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Money_and_positions_of_two_half_days_go_on_where_the_morning_ended()
    {
        string market = _runs.Market("market.dbn", 20_000);
        Timestamp noon = Noon(market);
        BacktestResult morning = Trade(market, "morning", $"data.end={noon}"), afternoon = Trade(market, "afternoon", CarryOver("morning"));

        CarriedSummary carried = afternoon.Carried!;
        Assert.Equal((1, morning.Run.Last), (carried.Session, carried.Until));
        Assert.Equal(morning.Run.Totals, carried.Totals);
        Assert.Equal(morning.Run.Positions.Where(position => !position.Quantity.IsZero), carried.Positions);
        Assert.NotEmpty(carried.Positions);
        Assert.True(afternoon.Run.First > morning.Run.Last && afternoon.Run.First >= noon, $"{afternoon.Run.First} {morning.Run.Last}");      // what stands before in the file only builds the books
        Assert.True(morning.Run.FillCount > 0 && afternoon.Run.FillCount > 0);

        decimal fees = _runs.Rows("afternoon", "fills.csv").Sum(row => SmallRuns.Number(row["fee"]));
        Assert.Equal(morning.Run.Totals!.Value.Fees + fees, afternoon.Run.Totals!.Value.Fees);
        decimal moved = _runs.Rows("afternoon", "fills.csv").Sum(row => (row["side"] == "buy" ? 1 : -1) * SmallRuns.Number(row["quantity"]));
        Assert.Equal(morning.Run.Positions.Sum(position => position.Quantity.ToDecimal()) + moved, afternoon.Run.Positions.Sum(position => position.Quantity.ToDecimal()));
        Assert.Equal(morning.Run.Totals.Value.Start, afternoon.Run.Totals.Value.Start);
        Assert.Equal(afternoon.Run.FillCount, afternoon.Run.Strategies.Sum(strategy => strategy.FillCount));
        Assert.Equal(_runs.Rows("morning", "orders.csv").Concat(_runs.Rows("afternoon", "orders.csv")).Select(row => row["client_order_id"]).Distinct().Count(),
            _runs.Rows("morning", "orders.csv").Select(row => row["client_order_id"]).Distinct().Count() + _runs.Rows("afternoon", "orders.csv").Select(row => row["client_order_id"]).Distinct().Count());

        JsonElement told = _runs.Summary("afternoon").GetProperty("carried");
        Assert.Equal(SmallRuns.Money(_runs.Summary("morning"), "equity_end"), SmallRuns.Money(told, "equity"));
        Assert.True(told.GetProperty("positions")[0].GetProperty("in_data").GetBoolean());
        Assert.False(_runs.Summary("morning").TryGetProperty("carried", out _));
    }

    [Fact]
    public void The_same_carry_over_gives_the_same_run_wherever_it_lies_and_a_third_session_goes_on_with_the_second()
    {
        string market = _runs.Market("market.dbn", 12_000);
        (Timestamp noon, BacktestResult morning) = Morning(market);
        Timestamp three = new(noon.Nanos + (noon.Nanos - morning.Run.First.Nanos) / 2);
        BacktestResult second = Run(market, "second", CarryOver("morning"), $"data.end={three}");
        File.Copy(_runs.PathOf("morning", RunFolder.CarryOver), _runs.PathOf("elsewhere.fathom"));
        Assert.Equal(second.Fingerprint, Run(market, "moved", $"account.carry_over={_runs.PathOf("elsewhere.fathom")}", $"data.end={three}").Fingerprint);
        Assert.NotEqual(second.Fingerprint, Run(market, "alone", $"data.start={noon}", $"data.end={three}").Fingerprint);

        BacktestResult third = Run(market, "third", CarryOver("second"));
        Assert.Equal((2, second.Run.Last), (third.Carried!.Session, third.Carried.Until));
        Assert.Equal(second.Run.Totals, third.Carried.Totals);
        Assert.Equal(3, CarryOverFile.Read(_runs.PathOf("third", RunFolder.CarryOver)).Begins.Session);
    }

    [Fact]
    public void A_replay_says_with_what_the_run_went_on()
    {
        string market = _runs.Market("market.dbn", 12_000);
        Morning(market);
        _runs.Run(Bind(market, CarryOver("morning")), "afternoon", recording: "rec");
        (int exitCode, string output, string error) = SmallRuns.Command("replay", _runs.PathOf("rec"), "--out", _runs.PathOf("again"));
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(_runs.Summary("afternoon").GetProperty("carried").ToString(), _runs.Summary("again").GetProperty("carried").ToString());
    }

    [Fact]
    public void A_position_of_which_the_data_has_nothing_keeps_its_worth_and_is_told()
    {
        string market = _runs.Market("market.dbn", 12_000, instruments: 2);
        (_, BacktestResult morning) = Morning(market);
        CarryOverBlock block = CarryOverFile.Read(_runs.PathOf("morning", RunFolder.CarryOver));
        Assert.Equal(2, block.Definitions().Count);
        // The afternoon's data has one of the two instruments.
        string symbol = block.Definitions()[1].Symbol.ToString(), gone = block.Definitions()[0].Symbol.ToString();
        BacktestResult afternoon = Run(market, "afternoon", CarryOver("morning"), $"data.instrument={symbol}");
        InstrumentId without = Assert.Single(afternoon.Carried!.WithoutData);
        Assert.Equal(gone, afternoon.Instruments[without.Index].Symbol.ToString());
        Assert.Equal(Position(morning, gone), Position(afternoon, gone));
        Assert.NotEqual(0, Position(afternoon, gone).Quantity.Nanos);
        JsonElement told = _runs.Summary("afternoon").GetProperty("carried").GetProperty("positions").EnumerateArray().Single(position => position.GetProperty("symbol").GetString() == gone);
        Assert.False(told.GetProperty("in_data").GetBoolean());
    }

    [Fact]
    public void What_was_open_at_the_venue_is_in_doubt()
    {
        string market = _runs.Market("market.dbn", 12_000);
        Timestamp noon = Noon(market);
        BacktestResult morning = _runs.Run(SmallRuns.Bind(Quoter, market, $"data.end={noon}"), "morning");
        Assert.True(morning.Run.LiveOrderCount > 0);
        CarryOverBlock block = CarryOverFile.Read(_runs.PathOf("morning", RunFolder.CarryOver));
        List<CarriedOrder> orders = [];
        block.Doubted(ReasonCode.Disconnected).StepInto(message =>
        {
            if (Messages.Header(message).Type == MessageType.CarriedOrder) orders.Add(Messages.As<CarriedOrder>(message));
        });
        Assert.Equal(morning.Run.LiveOrderCount, orders.Count);
        Assert.All(orders, order => Assert.Equal((OrderStatus.Unknown, ReasonCode.Disconnected), (order.Status, order.Doubt)));
        BacktestResult afternoon = _runs.Run(SmallRuns.Bind(Quoter, market, CarryOver("morning")), "afternoon");
        Assert.Equal(morning.Run.LiveOrderCount, afternoon.Carried!.OrderCount);
        Assert.True(afternoon.HasEnded);
    }

    [Fact]
    public void Contradictions_are_the_users_to_solve()
    {
        string market = _runs.Market("market.dbn", 4_000);
        (_, BacktestResult morning) = Morning(market);
        Assert.StartsWith("account.cash", Wrong(market, CarryOver("morning"), "account.cash=5").Message, StringComparison.Ordinal);
        Assert.Contains("context", Wrong(market, CarryOver("morning"), "strategy.context=context.csv").Message, StringComparison.Ordinal);
        Assert.Contains("an account in USD", Wrong(market, CarryOver("morning"), "account.currency=EUR").Message, StringComparison.Ordinal);
        Assert.Contains("'taker' as strategy or aggregator 1, where the session has 'giver'", Wrong(market, CarryOver("morning"), "strategy.id=giver").Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Wrong(market, "account.carry_over=nowhere").Message, StringComparison.Ordinal);
        Assert.Contains("another kind", Wrong(market, $"account.carry_over={market}").Message, StringComparison.Ordinal);
        Assert.Contains($"later than {morning.Run.Last}", Wrong(market, CarryOver("morning"), $"data.end={Noon(market)}").Message, StringComparison.Ordinal);
        InputException over = Assert.Throws<InputException>(() => _runs.Run(Bind(market, CarryOver("morning")), "morning"));      // it would overwrite what it reads
        Assert.Contains("the input", over.Message, StringComparison.Ordinal);

        File.WriteAllText(_runs.PathOf("run.toml"), Toml + $"\n[data]\nfile = '{market}'\n[account]\ncash = 1\ncarry_over = 'morning'\n");
        (int code, _, string error) = SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf("out"));
        Assert.Equal(2, code);
        Assert.Contains("carry_over, which says what the account has", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_runs.PathOf("out")));
    }

    [Fact]
    public void Lanes_go_on_with_it_as_runs_of_their_own_do_and_the_run_gives_itself_again()
    {
        string market = _runs.Market("market.dbn", 12_000);
        Morning(market);
        File.WriteAllText(_runs.PathOf("run.toml"), Toml + $"\n[data]\nfile = '{market}'\n[account]\ncarry_over = 'morning'\n");
        (int code, _, string error) = SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf("lanes"), "--vary", "strategy.params.size=3,5");
        Assert.True(code == 0, error);
        Run(market, "alone", CarryOver("morning"), "strategy.params.size=3");
        Assert.Equal(Fingerprint("alone"), Fingerprint("lanes", "lanes", "size=3"));
        Assert.NotEqual(Fingerprint("alone"), Fingerprint("lanes", "lanes", "size=5"));

        (code, _, error) = SmallRuns.Command("backtest", _runs.PathOf("alone", "config.toml"), "--out", _runs.PathOf("again"));
        Assert.True(code == 0, error);
        Assert.Equal(Fingerprint("alone"), Fingerprint("again"));
        Assert.True(File.ReadAllBytes(_runs.PathOf("alone", RunFolder.CarryOver)).AsSpan().SequenceEqual(File.ReadAllBytes(_runs.PathOf("again", RunFolder.CarryOver))));
    }

    private (Timestamp Noon, BacktestResult Morning) Morning(string market)
    {
        Timestamp noon = Noon(market);
        return (noon, Run(market, "morning", $"data.end={noon}"));
    }

    private Timestamp Noon(string market)
    {
        BacktestResult whole = _runs.Run(SmallRuns.With(Bind(market), ("idle", new Idle())), "idle");
        return new Timestamp(whole.Run.First.Nanos + (whole.Run.Last.Nanos - whole.Run.First.Nanos) / 2);
    }

    private InputException Wrong(string market, params string[] sets) => Assert.Throws<InputException>(() => Run(market, "wrong", sets));

    private string CarryOver(string folder) => $"account.carry_over={_runs.PathOf(folder)}";

    private string Fingerprint(params string[] folder) => File.ReadAllText(_runs.PathOf([.. folder, "fingerprint.txt"]));

    private BacktestResult Run(string market, string folder, params string[] sets) => _runs.Run(Bind(market, sets), folder);

    private BacktestResult Trade(string market, string folder, params string[] sets) => _runs.Run(SmallRuns.With(Bind(market, sets), ("taker", new Trader())), folder);

    private static BacktestSettings Bind(string market, params string[] sets) => SmallRuns.Bind(Toml, market, sets);

    private static Fathom.Engine.Portfolio.AccountPosition Position(BacktestResult result, string symbol) =>
        result.Run.Positions.Single(position => result.Instruments[position.Instrument.Index].Symbol.ToString() == symbol) with { Instrument = InstrumentId.None };

    private sealed class Idle : Strategy;

    /// <summary>Buys twice as often as it sells, whatever it holds.</summary>
    private sealed class Trader : Strategy
    {
        public override void OnTrade(StrategyContext context, in MarketByOrder trade)
        {
            Side side = context.Clock.Nanos / 1_000 % 3 == 0 ? Side.Sell : Side.Buy;
            context.Submit(new OrderIntent(trade.Header.Instrument, side, Quantity.Units(1), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        }
    }
}
