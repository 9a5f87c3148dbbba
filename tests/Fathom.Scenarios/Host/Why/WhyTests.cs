using System.Globalization;
using System.Text.Json;
using Fathom.Domain.Values;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Host.Why;

/// <summary>Moments of finished runs, explained by running them again, through the whole program.</summary>
public sealed class WhyTests : IDisposable
{
    /// <summary>A quoter that meets its limit at once, and somebody else in the same account.</summary>
    private const string Limited = """
        [risk]
        position_max = 1
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0, requote = 1 }
        [[strategy]]
        name = "imbalance-taker"
        """;

    /// <summary>Orders of all kinds, good ones and bad ones, by dice of its own.</summary>
    private const string Dice = """
        public sealed class Dice : Strategy
        {
            private static readonly InstrumentId Only = new(0);
            private ulong _state = 42;

            public override void OnStart(StrategyContext context) => context.SetPeriodicTimer(Duration.FromMilliseconds(200), tag: 1);

            public override void OnTimer(StrategyContext context, in TimerEvent timer)
            {
                if (!context.IsDefined(Only) || context.Features(Only).Bid.IsNone) return;
                foreach (WorkingOrder order in context.WorkingOrders(Only))
                {
                    int dice = Next(6);
                    if (dice == 0) context.Cancel(order.Id);
                    if (dice == 1) context.Replace(order.Id, PriceOff(context, order.Side), Size());
                }
                if (Next(3) > 0) return;
                Side side = Next(2) == 0 ? Side.Buy : Side.Sell;
                context.Submit(new OrderIntent(Only, side, Size(), PriceOff(context, side)) { PostOnly = Next(5) == 0, ReduceOnly = Next(7) == 0, TimeInForce = Next(6) == 0 ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel });
            }

            private Price PriceOff(StrategyContext context, Side side)
            {
                long tick = context.Instrument(Only).Tick.Nanos, off = Next(9) == 0 ? 2_000 : Next(8) - 2;
                Price best = side == Side.Buy ? context.Features(Only).Bid : context.Features(Only).Ask;
                long price = best.Nanos + (side == Side.Buy ? -1 : 1) * (Next(12) == 0 ? -off : off) * tick;
                return new Price(Next(15) == 0 ? price + 1 : price);
            }

            private Quantity Size() => Next(10) switch { 0 => Quantity.Units(30), 1 => new Quantity(500_000_000), 2 => Quantity.Zero, int dice => Quantity.Units(1 + dice % 3) };

            private int Next(int below)
            {
                _state = _state * 6364136223846793005 + 1442695040888963407;
                return (int)((_state >> 33) % (ulong)below);
            }
        }
        """;

    private const string DiceRun = """
        venue.entry_latency = "30ms"
        [risk]
        position_max = 6
        quantity_max = 20
        price_collar_bps = 50
        order_rate_max = 2
        gross_notional_max = 1_000_000
        daily_loss_max = 3_000
        [[strategy]]
        file = "Dice.cs"
        """;

    /// <summary>A quoter whose position is in all states in turn, beside a taker.</summary>
    private const string Judged = """
        [risk]
        position_max = 4
        [risk.states]
        position = [0.25, 0.5, 1.0]
        hold = "200ms"
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0, requote = 1 }
        [[strategy]]
        name = "imbalance-taker"
        params = { pause_ms = 100, hold_ms = 300 }
        """;

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_refused_order_is_explained_alike_from_the_data_and_from_the_recording()
    {
        RunOf(Limited, 40_000);
        Dictionary<string, string> refused = _runs.Rows("run", "orders.csv").First(row => row["to"] == "refused" && row["strategy"] == "quoter");
        string id = refused["client_order_id"];

        JsonElement told = Why("run", id[^11..]);
        JsonElement judged = Assert.Single(told.GetProperty("judgements").EnumerateArray(), judgement => judgement.GetProperty("client_order_id").GetString() == id);
        Assert.Equal(("refused", "position_limit", "1"), (Text(judged, "outcome"), Text(judged, "reason"), Text(judged, "limit")));
        Assert.Equal(("quoter", refused["side"], refused["price"]), (Text(judged, "strategy"), Text(judged, "side"), Text(judged, "price")));
        Assert.Equal(Time(refused["receive_time"]), Text(told.GetProperty("moment"), "time"));
        Assert.Contains(told.GetProperty("not_done").EnumerateArray(), left => Text(left, "reason") == "position_limit");
        Assert.Equal("quote", Text(told.GetProperty("wants")[0], "want"));
        Assert.DoesNotContain(told.GetProperty("commands").EnumerateArray(), command => Text(command, "client_order_id") == id);
        JsonElement story = Assert.Single(told.GetProperty("orders").EnumerateArray());
        Assert.Equal((id, true), (Text(story, "client_order_id"), story.GetProperty("over").GetBoolean()));

        File.Delete(_runs.PathOf("market.dbn"));
        Assert.Equal(Comparable(told), Comparable(Why("rec", id)));
        (_, string page, _) = SmallRuns.Command("why", id, "--run", _runs.PathOf("rec"));
        Assert.Contains("refused: position limit (limit 1, found 2, of the strategy in the instrument)", string.Join(' ', page.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True(page.Split('\n').Max(line => line.Length) <= 160);
        Assert.All(page.Split('\n').Skip(1), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public void A_quote_that_was_replaced_has_its_whole_story()
    {
        RunOf(Limited, 40_000);
        string id = _runs.Rows("run", "orders.csv").GroupBy(row => row["client_order_id"])
            .First(rows => rows.Count(row => row["to"] == "pending_replace") >= 2 && rows.Any(row => row["to"] == "filled")).Key;
        JsonElement told = Why("run", id), story = told.GetProperty("orders")[0];
        string[] changes = [.. story.GetProperty("events").EnumerateArray().Where(change => Text(change, "event") == "order").Select(change => Text(change, "to"))];
        Assert.Equal(_runs.Rows("run", "orders.csv").Where(row => row["client_order_id"] == id).Select(row => row["to"]), changes);
        Assert.Equal(_runs.Rows("run", "fills.csv").Count(row => row["client_order_id"] == id), story.GetProperty("events").EnumerateArray().Count(change => Text(change, "event") == "fill"));
        Assert.Equal(changes.Count(to => to == "pending_replace"), story.GetProperty("judgements").EnumerateArray().Count(judgement => Text(judgement, "outcome") == "approved"));

        // A decision that moved it sees it in the book, with its place.
        string moved = _runs.Rows("run", "orders.csv").First(row => row["client_order_id"] == id && row["to"] == "pending_replace")["receive_time"];
        JsonElement then = Why("run", moved);
        Assert.Equal(0, then.GetProperty("moment").GetProperty("before_asked_ns").GetInt64());
        JsonElement own = then.GetProperty("instruments")[0].GetProperty("orders").EnumerateArray().Single(order => Text(order, "client_order_id") == id);
        Assert.Equal("open", Text(own, "status"));
        JsonElement[] levels = [.. then.GetProperty("instruments")[0].GetProperty(Text(own, "side") == "buy" ? "bids" : "asks").EnumerateArray()];
        JsonElement level = levels.Single(level => Text(level, "price") == Text(own, "price"));
        Assert.Equal(id, Text(Assert.Single(level.GetProperty("own").EnumerateArray()), "client_order_id"));
        Assert.True(SmallRuns.Number(Text(own, "ahead")) <= SmallRuns.Number(Text(level, "quantity")));
        Assert.Contains(then.GetProperty("commands").EnumerateArray(), command => Text(command, "client_order_id") == id && Text(command, "command") == "replace");
    }

    /// <summary>A moment's decision is never later than it, never before the last one that orders.csv knows, and the same from both.</summary>
    [Fact]
    public void A_moment_is_the_last_decision_that_was_not_later()
    {
        RunOf(Limited, 20_000);
        Dictionary<string, string>[] rows = [.. _runs.Rows("run", "orders.csv").Where(row => row["to"] is "pending_new" or "pending_replace" or "pending_cancel" or "refused")];
        Random random = new(3);
        foreach (string? strategy in (string?[])[null, null, "quoter", "imbalance-taker", "imbalance-taker"])
        {
            long from = Nanos(rows[0]), asked = from + (long)(random.NextDouble() * (Nanos(rows[^1]) - from));
            string[] filter = strategy is null ? [] : ["--strategy", strategy];
            JsonElement told = Why("run", $"{asked}", filter);
            long time = asked - told.GetProperty("moment").GetProperty("before_asked_ns").GetInt64();
            long known = rows.Where(row => (strategy is null || row["strategy"] == strategy) && Nanos(row) <= asked).Max(Nanos);
            Assert.True(known <= time && time <= asked, $"seed 3, {strategy}: {known} {time} {asked}");
            Assert.Equal(Comparable(told), Comparable(Why("rec", new Timestamp(asked).ToString(), filter)));
            if (strategy is not null) Assert.Contains(told.GetProperty("strategies").EnumerateArray(), owner => Text(owner, "strategy") == strategy);
            Assert.Equal(Comparable(told), Comparable(Why("run", $"{time}", filter)));      // exactly then is not later
        }
        string first = Text(_runs.Summary("run"), "first"), last = Text(_runs.Summary("run"), "last");
        Ends(0, "before the time that was asked for", "why", $"{Nanos(rows[^1]) + 1}", "--run", "run", "--instrument", "FTHH6");
        Ends(2, "did not know by then", "why", last, "--run", "run", "--instrument", "NONE");
        Ends(2, "one of quoter, imbalance-taker", "why", last, "--run", "run", "--strategy", "quote");
        foreach (string run in (string[])["run", "rec"])
        {
            Ends(0, "the last decision up to", "why", last, "--run", run);
            Ends(2, "the next decision of the run is at", "why", first, "--run", run, "--strategy", "imbalance-taker");
            Ends(2, $"before the run's first input, expected a time from {first} to {last}", "why", Beside(first, -1), "--run", run);
            Ends(2, $"after the run's last input, expected a time from {first} to {last}", "why", Beside(last, 1), "--run", run);
        }
    }

    [Fact]
    public void A_stop_that_an_exit_keeps_here_is_explained_as_any_order()
    {
        RunOf("[[strategy]]\nname = \"imbalance-taker\"\nparams = { pause_ms = 100, hold_ms = 300 }\n[strategy.exits]\nstop_loss_ticks = 40\ntake_profit_ticks = 40\n[[strategy]]\nname = \"quoter\"\n", 40_000);
        Dictionary<string, string> held = _runs.Rows("run", "orders.csv").First(row => row["to"] == "held" && row["reason"] == "stop_loss");
        JsonElement told = Why("run", held["client_order_id"]);
        Assert.Equal(Time(held["receive_time"]), Text(told.GetProperty("moment"), "time"));
        Assert.Equal("held", Text(told.GetProperty("orders")[0].GetProperty("events")[0], "to"));
        Assert.DoesNotContain(told.GetProperty("judgements").EnumerateArray(), judged => Text(judged, "client_order_id") == held["client_order_id"]);      // it is when it leaves
        Assert.Equal(Comparable(told), Comparable(Why("rec", held["client_order_id"])));
        Ends(0, $"at {held["trigger_price"]}", "why", held["client_order_id"], "--run", "run");
    }

    [Fact]
    public void A_change_of_a_state_is_a_moment_of_its_own()
    {
        RunOf(Judged, 40_000);
        Dictionary<string, string>[] changes = [.. _runs.Rows("run", "risk.csv").Where(row => row["kind"] == "state" && row["strategy"] == "quoter")];
        Assert.Superset(new HashSet<string> { "normal", "warning", "critical" }, changes.Select(row => row["to"]).ToHashSet());
        // Among them one at a moment at which nobody wanted anything and the account did not change.
        HashSet<string> busy = [.. _runs.Rows("run", "orders.csv").Select(row => row["receive_time"]), .. _runs.Rows("run", "risk.csv").Where(row => row["strategy"] != "quoter").Select(row => row["time"])];
        Dictionary<string, string> alone = changes.First(row => !busy.Contains(row["time"]));
        foreach (Dictionary<string, string> change in changes.DistinctBy(row => row["to"]).Append(alone))
        {
            JsonElement told = Why("run", change["time"]);
            Assert.Equal(0, told.GetProperty("moment").GetProperty("before_asked_ns").GetInt64());
            string[] inForce = [.. changes.Where(row => row["time"] == change["time"]).Select(row => row["to"])];
            JsonElement state = told.GetProperty("states").EnumerateArray().Single(state => (Text(state, "strategy"), Text(state, "symbol")) == ("quoter", "FTHH6"));
            Assert.Equal(inForce[^1], Text(state, "state"));
            JsonElement position = Assert.Single(state.GetProperty("readings").EnumerateArray());
            Assert.Equal(("position", "0.25", "0.5", "1"), (Text(position, "measure"), Text(position, "warning"), Text(position, "critical"), Text(position, "over_limit")));
            decimal held = told.GetProperty("instruments")[0].GetProperty("positions").EnumerateArray().Where(owner => Text(owner, "strategy") == "quoter").Sum(owner => SmallRuns.Number(Text(owner, "quantity")));
            Assert.Equal(Math.Abs(held) / 4, SmallRuns.Number(Text(position, "found")));
            Assert.Equal(Comparable(told), Comparable(Why("rec", change["time"])));
            string bound = change["to"] == "normal" ? "calm from" : "of";
            Ends(0, $"state of quoter in FTHH6: {change["from"].Replace('_', ' ')} → {change["to"].Replace('_', ' ')} (position {change["found"]} {bound} {change["threshold"]})", "why", change["time"], "--run", "run");
        }
    }

    /// <summary>What is found may be beyond a rule's limit and the order pass: then it is said what is enforced.</summary>
    [Fact]
    public void A_rule_beside_which_the_numbers_mislead_says_what_is_enforced()
    {
        RunOf(Judged, 40_000);
        Dictionary<string, string>[] orders = [.. _runs.Rows("run", "orders.csv").Where(row => row["from"].Length == 0 && row["strategy"] == "quoter")];
        Dictionary<string, string> notes = [];
        foreach (Dictionary<string, string> order in orders.Where((row, i) => row["to"] == "refused" || i % 7 == 0).Take(60))
        {
            JsonElement told = Why("rec", order["client_order_id"]);
            JsonElement judged = told.GetProperty("judgements").EnumerateArray().Single(judgement => Text(judgement, "client_order_id") == order["client_order_id"]);
            JsonElement rule = judged.GetProperty("rules").EnumerateArray().Single(rule => Text(rule, "rule") == "state");
            string[] states = [.. told.GetProperty("states").EnumerateArray().Select(state => Text(state, "state"))];
            string worst = states.Contains("over_limit") ? "over_limit" : states.Contains("critical") ? "critical" : states.Contains("warning") ? "warning" : "normal";
            bool isPassed = rule.GetProperty("passed").GetBoolean();
            Assert.Equal(worst switch
            {
                "normal" => "",
                "warning" => "warning: what enlarges is made smaller before it comes here; nothing is refused",
                _ => $"{worst.Replace('_', ' ')}: only what reduces may leave; this order {(isPassed ? "reduces" : "does not")}",
            }, Text(rule, "note"));
            notes[worst] = order["client_order_id"];
        }
        Assert.Superset(new HashSet<string> { "normal", "warning", "critical" }, notes.Keys.ToHashSet());
        Ends(0, "critical: only what reduces may leave; this order reduces", "why", notes["critical"], "--run", "rec");
        string market = _runs.Rows("run", "orders.csv").First(row => row["type"] == "market")["client_order_id"];
        JsonElement[] rules = [.. Why("rec", market).GetProperty("judgements")[0].GetProperty("rules").EnumerateArray()];
        Assert.Equal(["market", "market"], rules.Where(rule => Text(rule, "rule") is "tick" or "self_match").Select(rule => Text(rule, "found")));
    }

    /// <summary>Of any order: the rule that says no first is the reason that the run wrote down, and one that left has none.</summary>
    [Fact]
    public void The_first_rule_that_refuses_is_the_reason_that_was_recorded()
    {
        File.WriteAllText(_runs.PathOf("Dice.cs"), Dice);
        RunOf(DiceRun, 60_000);
        Dictionary<string, string>[] first = [.. _runs.Rows("run", "orders.csv").GroupBy(row => row["client_order_id"]).Select(rows => rows.First())];
        Random random = new(11);
        Dictionary<string, string>[] chosen = [.. first.GroupBy(row => row["reason"]).SelectMany(rows => rows.OrderBy(_ => random.Next()).Take(3))];
        Assert.True(chosen.Select(row => row["reason"]).Distinct().Count() >= 7, string.Join(", ", chosen.Select(row => row["reason"])));
        foreach (Dictionary<string, string> row in chosen)
        {
            string id = row["client_order_id"];
            JsonElement told = Why("rec", id);
            JsonElement judged = told.GetProperty("judgements").EnumerateArray().Single(judgement => Text(judgement, "client_order_id") == id);
            JsonElement[] refusing = [.. judged.GetProperty("rules").EnumerateArray().Where(rule => !rule.GetProperty("passed").GetBoolean())];
            Assert.True((row["to"] == "refused") == (Text(judged, "outcome") == "refused"), id);
            Assert.True(Text(judged, "reason") == row["reason"], $"{id}: {Text(judged, "reason")} but {row["reason"]}");
            if (row["to"] == "refused") Assert.True(Text(refusing[0], "reason") == row["reason"], $"seed 11, {id}: {Text(refusing[0], "reason")} but {row["reason"]}");
            else Assert.Empty(refusing);
            if (row["to"] == "refused" && Text(judged, "limit").Length > 0) Assert.Equal((Text(judged, "limit"), Text(judged, "found")), (Text(refusing[0], "limit"), Text(refusing[0], "found")));
        }
    }

    [Fact]
    public void Data_that_is_another_or_missing_is_named_with_both_hashes()
    {
        string market = RunOf(Limited, 8_000);
        string id = _runs.Rows("run", "orders.csv").First()["client_order_id"];
        JsonElement input = Assert.Single(_runs.Summary("run").GetProperty("inputs").EnumerateArray());
        Assert.Equal(("data", market, new FileInfo(market).Length, 32), (Text(input, "role"), Text(input, "file"), input.GetProperty("bytes").GetInt64(), Text(input, "hash").Length));

        byte[] bytes = File.ReadAllBytes(market);
        bytes[^9] ^= 1;
        File.WriteAllBytes(market, bytes);
        string message = Ends(2, $"with the hash {Text(input, "hash")}", "why", id, "--run", "run");
        Assert.Contains(market, message, StringComparison.Ordinal);
        Assert.Equal(2, message.Split("with the hash ").Length - 1);
        File.Delete(market);
        Ends(2, $"no such file", "why", id, "--run", "run");
        Ends(0, id, "why", id, "--run", "rec");

        // Moved, and said so: the content counts.
        bytes[^9] ^= 1;
        File.WriteAllBytes(_runs.PathOf("moved.dbn"), bytes);
        string config = _runs.PathOf("run", "config.toml");
        File.WriteAllText(config, File.ReadAllText(config).Replace(market, _runs.PathOf("moved.dbn"), StringComparison.Ordinal));
        Ends(0, id, "why", id, "--run", "run");

        File.WriteAllText(config, File.ReadAllText(config).Replace("half_spread = 0\n", "half_spread = 1\n", StringComparison.Ordinal));
        Ends(2, "understands as that of run", "why", id, "--run", "run");
    }

    [Fact]
    public void A_run_that_does_not_repeat_is_not_explained()
    {
        RunOf(Limited, 8_000);
        string orders = _runs.PathOf("run", "orders.csv");
        string[] lines = File.ReadAllLines(orders);
        lines[3] = lines[3].Replace(",1,", ",2,", StringComparison.Ordinal);
        File.WriteAllLines(orders, lines);
        Ends(1, "orders.csv:4", "why", lines[8].Split(',')[0], "--run", "run");
    }

    [Fact]
    public void A_lane_is_explained_as_a_run_of_its_own()
    {
        string market = _runs.Market("market.dbn", 8_000);
        File.WriteAllText(_runs.PathOf("run.toml"), $"data.file = '{market}'\n[[strategy]]\nname = \"quoter\"\nparams = {{ half_spread = 0 }}\n");
        Ends(0, "", "backtest", "run.toml", "--out", "lanes", "--vary", "strategy.params.size=1,2");
        string lane = Path.Combine("lanes", "lanes", "size=2"), id = _runs.Rows(lane, "orders.csv").First()["client_order_id"];
        Ends(0, "approved", "why", id, "--run", lane);
        Ends(2, "Name a lane", "why", id, "--run", "lanes");
    }

    /// <summary>The data's path was relative to a configuration that lies elsewhere: the run's own has it in full.</summary>
    [Fact]
    public void The_configuration_of_a_run_gives_it_again_from_its_folder()
    {
        Directory.CreateDirectory(_runs.PathOf("configs"));
        _runs.Market("market.dbn", 5_000);
        File.WriteAllText(_runs.PathOf("configs", "run.toml"), "data.file = '../market.dbn'\n[[strategy]]\nname = \"quoter\"\n");
        Ends(0, "", "backtest", Path.Combine("configs", "run.toml"), "--out", Path.Combine("runs", "one"));
        Ends(0, "", "backtest", Path.Combine("runs", "one", "config.toml"), "--out", Path.Combine("runs", "two"));
        Assert.Equal(File.ReadAllText(_runs.PathOf("runs", "one", "fingerprint.txt")), File.ReadAllText(_runs.PathOf("runs", "two", "fingerprint.txt")));
    }

    /// <summary>Names stay: a new one is added to the file and to the page, none is changed. RENEW=1 in front of the run rewrites the file.</summary>
    [Fact]
    public void The_names_of_the_json_are_stated_and_on_the_page()
    {
        File.WriteAllText(_runs.PathOf("Dice.cs"), Dice);
        RunOf(DiceRun + "\n[[strategy]]\nname = \"quoter\"\nparams = { half_spread = 0 }\n[[strategy]]\nname = \"sma-cross\"\n[strategy.params]\nfast = 2\nslow = 3\n[risk.states]\nposition = [0.3, 0.8, 1.0]\nhold = \"1s\"\n", 30_000);
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach (IGrouping<string, Dictionary<string, string>> rows in _runs.Rows("run", "orders.csv").GroupBy(row => row["strategy"] + row["to"]))
            foreach (Dictionary<string, string> row in rows.Take(2))
                AddNames(names, "", Why("rec", row["client_order_id"].Length > 0 ? row["client_order_id"] : row["receive_time"]));
        string file = Path.Combine(Places.Root, "tests", "Fathom.Scenarios", "Host", "Why", "why.json.txt"), found = string.Join('\n', names) + "\n";
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(file, found);
        Assert.Equal(File.ReadAllText(file), found);
        string page = File.ReadAllText(Path.Combine(Places.Root, "docs", "reference", "why.md"));
        Assert.All(names.Select(name => name.Split('.')[^1].Split(' ')[0].TrimEnd(']', '[')).Except(["mid", "weighted_mid", "spread", "imbalance", "trade_imbalance"]), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("which is no order of this run", "ZZZZZZZZ")]
    [InlineData("orders of this run begin or end with", "0")]
    [InlineData("RFC 3339 with a zone", "2026-01-05T14:00:00")]
    [InlineData("an order of orders.csv", "what happened")]
    [InlineData("1 to 100", "ZZZZZZZZ", "--levels", "0")]
    [InlineData("Leave it out", "ZZZZZZZZ", "--strategy", "quoter")]
    public void A_question_that_is_none_is_refused_with_the_fix(string expected, params string[] question)
    {
        RunOf(Limited, 8_000);
        Ends(2, expected, ["why", .. question, "--run", "run"]);
    }

    [Fact]
    public void What_is_no_run_is_refused()
    {
        Ends(2, "no such folder", "why", "0", "--run", "nowhere");
        Directory.CreateDirectory(_runs.PathOf("empty"));
        Ends(2, "expected the folder of a run or of a recording", "why", "0", "--run", "empty");
        Ends(2, "--run", "why", "0");
    }

    // ---- helpers

    /// <returns>The market.</returns>
    private string RunOf(string toml, long events)
    {
        string market = _runs.Market("market.dbn", events);
        File.WriteAllText(_runs.PathOf("run.toml"), $"data.file = '{market}'\n{toml}");
        Ends(0, "", "backtest", "run.toml", "--out", "run", "--record", "rec");
        return market;
    }

    private JsonElement Why(string run, string question, params string[] more)
    {
        (int exitCode, string output, string error) = SmallRuns.Command(["why", question, "--run", _runs.PathOf(run), "--json", .. more]);
        Assert.True(exitCode == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>Paths among the arguments are of the test's folder.</summary>
    private string Ends(int exitCode, string expected, params string[] arguments)
    {
        string[] full = [.. arguments.Select((argument, i) => i > 0 && (arguments[i - 1] is "--out" or "--record" or "--run" || argument.EndsWith(".toml", StringComparison.Ordinal)) ? _runs.PathOf(argument) : argument)];
        (int found, string output, string error) = SmallRuns.Command(full);
        Assert.True(found == exitCode, output + error);
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
        return output + error;
    }

    /// <summary>Each value's path and kind; of events that are shown as they are none.</summary>
    private static void AddNames(SortedSet<string> names, string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("event", out JsonElement kind) && kind.GetString() is not ("command" or "order" or "fill" or "adjustment")) return;
        if (value.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty part in value.EnumerateObject()) AddNames(names, path.Length == 0 ? part.Name : $"{path}.{part.Name}", part.Value);
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in value.EnumerateArray()) AddNames(names, path + "[]", item);
        else if (value.ValueKind != JsonValueKind.Null) names.Add($"{path} {(value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : value.ValueKind == JsonValueKind.Number ? "number" : "text")}");
    }

    /// <summary>All but where it was read and what was asked.</summary>
    private static string Comparable(JsonElement told) => string.Join('\n', told.EnumerateObject().Where(part => part.Name is not ("run" or "source" or "compared" or "asked" or "moment")).Select(part => part.ToString()));

    private static string Text(JsonElement json, string name) => json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "";

    private static string Beside(string time, long nanos) => (Timestamp.TryParse(time, out Timestamp parsed) ? parsed + new Duration(nanos) : Timestamp.None).ToString();

    private static long Nanos(Dictionary<string, string> row) => long.Parse(row["receive_time"], CultureInfo.InvariantCulture);

    private static string Time(string nanos) => new Timestamp(long.Parse(nanos, CultureInfo.InvariantCulture)).ToString();
}
