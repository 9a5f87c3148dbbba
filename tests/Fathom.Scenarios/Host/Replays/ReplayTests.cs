using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Segments;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Host;
using Fathom.Host.Configuration;
using Fathom.Host.Replays;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;
using Fathom.Journal.Recordings;
using Fathom.Scenarios.Host.Sessions;

namespace Fathom.Scenarios.Host.Replays;

/// <summary>A run that is recorded and run again from its recording alone, through the whole program.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Quoter = """
        venue.feed_latency = "FEED"
        [[strategy]]
        name = "quoter"
        params = { half_spread = 0 }
        """;

    /// <summary>Timers, a series, a store that is carried over, plots, annotations, a log; orders that follow from all of them.</summary>
    private const string Busy = """
        public sealed class Busy : Strategy
        {
            private int _books;

            public override void OnStart(StrategyContext context)
            {
                context.SetPeriodicTimer(Duration.FromMilliseconds(50), tag: 1);
                context.Store.Set("runs", Runs(context) + 1);
            }

            public override void OnBook(StrategyContext context, IBookView book)
            {
                if (++_books % 7 == 0) context.Plot("books", _books);
            }

            public override void OnTimer(StrategyContext context, in TimerEvent timer)
            {
                InstrumentId instrument = new(0);
                foreach (WorkingOrder order in context.WorkingOrders(instrument)) context.Cancel(order.Id);
                double score = context.TrySeries("sentiment", "FTHH6", out SeriesUpdate known) ? known["score"] : 1;
                Side side = (_books + (int)score) % 2 == 0 ? Side.Buy : Side.Sell;
                context.Submit(new OrderIntent(instrument, side, Quantity.Units(1 + Runs(context)), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
                context.Annotate(instrument, "timer");
                context.Log(LogLevel.Info, "sent", ("books", (long)_books), ("score", score));
            }

            private static long Runs(StrategyContext context) => context.Store.TryGet("runs", out long runs) ? runs : 0;
        }
        """;

    private static readonly string[] RunFiles =
        ["orders.csv", "fills.csv", "markouts.csv", "positions.csv", "equity.csv", "context.csv", "log.jsonl", "plots.csv", "annotations.csv", "config.toml", "fingerprint.txt"];

    private readonly SmallRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("0ms")]
    [InlineData("3ms")]      // the engine saw other receive times than the file has
    public void A_replay_needs_the_recording_only_and_comes_to_the_same_files(string feed)
    {
        string market = _runs.Market("market.dbn", 20_000);
        Record(Quoter.Replace("FEED", feed, StringComparison.Ordinal), market, "run");
        File.Delete(market);

        (int exitCode, string output, string error) = SmallRuns.Command("replay", _runs.PathOf("rec"), "--out", _runs.PathOf("again"));
        Assert.True(exitCode == 0, output + error);
        Assert.Contains(File.ReadAllText(_runs.PathOf("run", "fingerprint.txt")).Trim(), output, StringComparison.Ordinal);
        SameFiles("run", "again");
        Assert.True(File.ReadAllLines(_runs.PathOf("run", "fills.csv")).Length > 50);

        (exitCode, output, _) = SmallRuns.Command("replay", _runs.PathOf("rec"), "--json");
        JsonElement answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, true), (exitCode, answer.GetProperty("equal").GetBoolean()));
        Assert.Equal(answer.GetProperty("recorded_fingerprint").GetString(), answer.GetProperty("fingerprint").GetString());
        JsonElement venue = _runs.Summary("run").GetProperty("venue");
        Assert.Equal(venue.ToString(), _runs.Summary("again").GetProperty("venue").ToString());
    }

    [Fact]
    public void Recording_changes_nothing_of_a_run()
    {
        string market = _runs.Market("market.dbn", 5_000);
        string toml = Quoter.Replace("FEED", "0ms", StringComparison.Ordinal);
        Record(toml, market, "recorded");
        Assert.Equal(0, SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf("plain")).ExitCode);
        SameFiles("recorded", "plain");
        Assert.Equal(File.ReadAllText(_runs.PathOf("plain", "config.toml")), File.ReadAllText(_runs.PathOf("rec", "config.toml")));
    }

    [Fact]
    public void A_users_code_with_timers_series_store_and_notes_is_replayed_and_other_code_is_refused()
    {
        string market = _runs.Market("market.dbn", 20_000);
        BusyFiles(market);
        string toml = BusyToml(context: "context = \"earlier.csv\"\n");
        File.WriteAllText(_runs.PathOf("earlier.csv"), "strategy,key,kind,value\nbusy,runs,long,2\n");
        File.WriteAllText(_runs.PathOf("run.toml"), toml);
        Ends(0, "", "backtest", "run.toml", "--out", "run", "--record", "rec");
        foreach (string file in (string[])[market, _runs.PathOf("points.csv"), _runs.PathOf("earlier.csv")]) File.Delete(file);

        Ends(0, "", "replay", "rec", "--out", "again");
        SameFiles("run", "again");
        Assert.All(RunFiles, file => Assert.True(File.Exists(_runs.PathOf("again", file)), file));
        Assert.Contains("runs,long,3", File.ReadAllText(_runs.PathOf("again", "context.csv")), StringComparison.Ordinal);

        File.AppendAllText(_runs.PathOf("Busy.cs"), "// other code");
        Ends(2, "The code has changed since", "replay", "rec", "--out", "never");
        Assert.False(Directory.Exists(_runs.PathOf("never")));
    }

    /// <summary>The clock reaches an order's quantity: the replay says which field of which event it was.</summary>
    [Fact]
    public void A_strategy_that_does_not_repeat_is_found_at_its_first_event()
    {
        string market = _runs.Market("market.dbn", 3_000);
        File.WriteAllText(_runs.PathOf("Clock.cs"), """
            public sealed class Clock : Strategy
            {
                private int _books;

                public override void OnBook(StrategyContext context, IBookView book)
                {
                    if (++_books == 40) context.Submit(new OrderIntent(book.Instrument, Side.Buy, Quantity.Units(1 + DateTime.UtcNow.Ticks % 1_000_000_000), Price.None) { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
                }
            }
            """);
        File.WriteAllText(_runs.PathOf("run.toml"), $"data.file = '{market}'\n[[strategy]]\nfile = \"Clock.cs\"\n");
        Ends(0, "warning: System.DateTime.UtcNow", "backtest", "run.toml", "--out", "run", "--record", "rec");
        (int exitCode, string output, _) = Start("replay", "rec", "--out", "never");
        Assert.Equal(1, exitCode);
        Assert.Contains("differs from the recording", output, StringComparison.Ordinal);
        Assert.Contains("market_by_order at ", output, StringComparison.Ordinal);
        Assert.Contains("quantity", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_runs.PathOf("never")));
    }

    [Fact]
    public void Other_parameters_come_to_other_events_and_the_first_is_told()
    {
        string market = _runs.Market("market.dbn", 5_000);
        Record(Quoter.Replace("FEED", "0ms", StringComparison.Ordinal), market, "run");
        Rewrite("rec", "forged", text => text.Replace("half_spread = 0\n", "half_spread = 2\n", StringComparison.Ordinal));

        ReplayResult result = ReplaySession.Run(_runs.PathOf("forged"), null, Quiet(), TestContext.Current.CancellationToken);
        ReplayDifference difference = Assert.IsType<ReplayDifference>(result.Difference);
        Assert.Equal(MessageType.TradingStateChanged, Messages.Header(difference.InputMessage).Type);      // the first time that a ladder may stand
        Assert.Equal((MessageType.OrderCommand, MessageType.OrderCommand), (Messages.Header(difference.Recorded).Type, Messages.Header(difference.Replayed).Type));
        string[] fields = [.. difference.Fields().Select(field => field.Field)];
        Assert.Contains("client_order_id", fields);      // it begins with the journal's id, which is the configuration's hash
        Assert.DoesNotContain("side", fields);

        (int exitCode, string output, _) = SmallRuns.Command("replay", _runs.PathOf("forged"), "--json");
        JsonElement told = JsonDocument.Parse(output).RootElement.GetProperty("difference");
        Assert.Equal((1, difference.Input, "trading_state_changed"), (exitCode, told.GetProperty("input").GetInt64(), told.GetProperty("input_type").GetString()));
        Assert.Equal("order_command", told.GetProperty("replayed").GetProperty("message").GetString());
    }

    /// <summary>Events that are recorded and do not come, events that come and are not recorded, and a fingerprint of something else.</summary>
    [Fact]
    public void What_is_missing_or_too_much_is_a_difference_too()
    {
        string market = _runs.Market("market.dbn", 5_000);
        Record(Quoter.Replace("FEED", "0ms", StringComparison.Ordinal), market, "run");
        (byte[]? Recorded, byte[]? Replayed, long Output) Difference(string folder)
        {
            ReplayDifference difference = Assert.IsType<ReplayDifference>(ReplaySession.Run(_runs.PathOf(folder), null, Quiet(), TestContext.Current.CancellationToken).Difference);
            Assert.False(difference.IsOfFingerprint);
            Assert.Equal(1, SmallRuns.Command("replay", _runs.PathOf(folder)).ExitCode);
            return (difference.Recorded, difference.Replayed, difference.Output);
        }
        Rewrite("rec", "fewer", text => text, outputs => outputs.RemoveAt(outputs.Count - 1));
        (byte[]? recorded, byte[]? replayed, long number) = Difference("fewer");
        Assert.True(recorded is null && replayed is not null);
        int count = 0;
        Rewrite("rec", "more", text => text, outputs =>
        {
            outputs.Add(outputs[^1]);
            count = outputs.Count;
        });
        (recorded, replayed, number) = Difference("more");
        Assert.True(recorded is not null && replayed is null && number == count);
        Rewrite("rec", "twice", text => text, outputs => outputs.Insert(5, outputs[5]));      // in the middle of a step, or between two
        Assert.Equal(7, Difference("twice").Output);

        Rewrite("rec", "same", text => text);
        Assert.Null(ReplaySession.Run(_runs.PathOf("same"), null, Quiet(), TestContext.Current.CancellationToken).Difference);
        Rewrite("rec", "print", text => text, fingerprint: new Hash128(1, 2));
        Assert.True(ReplaySession.Run(_runs.PathOf("print"), null, Quiet(), TestContext.Current.CancellationToken).Difference!.IsOfFingerprint);
        (int exitCode, string output, _) = SmallRuns.Command("replay", _runs.PathOf("print"));
        Assert.Equal(1, exitCode);
        Assert.Contains("the fingerprint is not", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_recording_and_wrong_folders_end_with_two_and_change_nothing()
    {
        string market = _runs.Market("market.dbn", 2_000);
        Record(Quoter.Replace("FEED", "0ms", StringComparison.Ordinal), market, "run");
        string inputs = _runs.PathOf("rec", RecordingFiles.NameOf(SegmentKind.Inputs, 1));
        byte[] bytes = File.ReadAllBytes(inputs);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(inputs, bytes);
        Refused("its hash is not that of its bytes", "replay", _runs.PathOf("rec"), "--out", _runs.PathOf("never"));
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(inputs, bytes);

        Refused("itself", "replay", _runs.PathOf("rec"), "--out", _runs.PathOf("rec"));      // it would write over the recording's config.toml
        Refused("no such folder", "replay", _runs.PathOf("nowhere"));
        Refused("no manifest.txt", "replay", _runs.PathOf("run"));
        string config = _runs.PathOf("run.toml");
        Refused("lanes", "backtest", config, "--vary", "strategy.params.half_spread=1,2", "--record", _runs.PathOf("never"));
        Refused("an empty path", "backtest", config, "--out", _runs.PathOf("never"), "--record", "");
        Refused("the folder of the run's files", "backtest", config, "--out", _runs.PathOf("never"), "--record", _runs.PathOf("never"));
        Refused("which is no file of a recording", "backtest", config, "--out", _runs.PathOf("never"), "--record", _runs.PathOf("run"));
        Refused("a recording of another run", "backtest", config, "--set", "account.cash=5", "--out", _runs.PathOf("never"), "--record", _runs.PathOf("rec"));
        Assert.False(Directory.Exists(_runs.PathOf("never")));
        Assert.Equal(0, SmallRuns.Command("replay", _runs.PathOf("rec")).ExitCode);
    }

    /// <summary>What stands around a run does not reach its replay: the environment's values were recorded with the rest.</summary>
    [Fact]
    public void The_environment_does_not_reach_a_replay()
    {
        string market = _runs.Market("market.dbn", 2_000);
        Record(Quoter.Replace("FEED", "0ms", StringComparison.Ordinal), market, "run");
        File.WriteAllText(_runs.PathOf("rec", ".env"), "FATHOM__ACCOUNT__CASH=5\n");
        Assert.Equal(0, SmallRuns.Command("replay", _runs.PathOf("rec")).ExitCode);
    }

    [Fact]
    public void A_run_that_fails_leaves_no_recording()
    {
        string market = _runs.Market("market.dbn", 2_000);
        string cut = _runs.PathOf("cut.dbn");
        File.WriteAllBytes(cut, File.ReadAllBytes(market)[..^7]);
        File.WriteAllText(_runs.PathOf("run.toml"), $"data.file = '{cut}'\n[[strategy]]\nname = \"quoter\"\n");
        Assert.Equal(2, SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf("run"), "--record", _runs.PathOf("rec")).ExitCode);
        Assert.False(Directory.Exists(_runs.PathOf("rec")) || Directory.Exists(_runs.PathOf("run")));
    }

    // ---- what they share

    private void Record(string toml, string market, string folder)
    {
        File.WriteAllText(_runs.PathOf("run.toml"), $"data.file = '{market}'\n{toml}");
        (int exitCode, string output, string error) = SmallRuns.Command("backtest", _runs.PathOf("run.toml"), "--out", _runs.PathOf(folder), "--record", _runs.PathOf("rec"));
        Assert.True(exitCode == 0, output + error);
    }

    /// <summary>A recording of another one's inputs and of its outputs as changed, with right hashes everywhere.</summary>
    private void Rewrite(string from, string to, Func<string, string> configuration, Action<List<byte[]>>? change = null, Hash128? fingerprint = null)
    {
        RecordingReader reader = RecordingReader.Open(_runs.PathOf(from), new MessagePacking());
        string before = Encoding.UTF8.GetString(reader.Configuration.Span), text = configuration(before);
        Assert.True(change is not null || fingerprint is not null || to == "same" || text != before);
        BacktestSettings settings = BacktestSettings.Bind(ConfigurationLayers.Alone(_runs.PathOf("forged.toml"), Encoding.UTF8.GetBytes(text)));
        ulong journal = new Fingerprint(settings.Engine.Configuration.Span).JournalId;
        using RecordingWriter writer = new(_runs.PathOf(to), journal, text, null);
        using RecordedMessages inputs = reader.OpenInputs(), outputs = reader.OpenOutputs();
        while (inputs.Next()) writer.Inputs.Write(inputs.Current);
        List<byte[]> events = [];
        while (outputs.Next()) events.Add(outputs.Current.ToArray());
        change?.Invoke(events);
        foreach (byte[] message in events) Publish(writer, message);
        writer.Complete(fingerprint ?? reader.Manifest.Fingerprint, reader.Manifest.Facts);
    }

    private static void Publish(RecordingWriter writer, byte[] message)
    {
        switch (Messages.Header(message).Type)
        {
            case MessageType.OrderCommand: writer.Outputs.OnCommand(in Messages.As<OrderCommand>(message)); break;
            case MessageType.OrderEvent: writer.Outputs.OnOrder(in Messages.As<OrderEvent>(message)); break;
            case MessageType.FillEvent: writer.Outputs.OnFill(in Messages.As<FillEvent>(message)); break;
            case MessageType.QuoteEvent: writer.Outputs.OnQuote(in Messages.As<QuoteEvent>(message)); break;
            case MessageType.PositionEvent: writer.Outputs.OnPosition(in Messages.As<PositionEvent>(message)); break;
            case MessageType.EquityEvent: writer.Outputs.OnEquity(in Messages.As<EquityEvent>(message)); break;
            default: Assert.Fail($"{Messages.Header(message).Type}"); break;
        }
    }

    private void BusyFiles(string market)
    {
        File.WriteAllText(_runs.PathOf("Busy.cs"), Busy);
        _runs.Run(SmallRuns.Bind("[[strategy]]\nname = \"buy-and-hold\"", market), "plain");
        JsonElement plain = _runs.Summary("plain");
        Assert.True(Timestamp.TryParse(plain.GetProperty("first").GetString(), out Timestamp first));
        Assert.True(Timestamp.TryParse(plain.GetProperty("last").GetString(), out Timestamp last));
        IEnumerable<string> points = Enumerable.Range(0, 30).Select(i => $"FTHH6,1000000000,{first.Nanos + (last.Nanos - first.Nanos) / 30 * i},{i * 3 % 7}");
        File.WriteAllText(_runs.PathOf("points.csv"), "symbol,time,published,score\n" + string.Join('\n', points) + "\n");
    }

    private static string BusyToml(string context) => $"""
        data.file = "market.dbn"
        [[strategy]]
        file = "Busy.cs"
        {context}
        [[series]]
        name = "sentiment"
        file = "points.csv"
        time = "time"
        available_at = "published"
        key = "symbol"
        """;

    private void SameFiles(string one, string other)
    {
        foreach (string file in RunFiles)
        {
            Assert.True(File.Exists(_runs.PathOf(one, file)) == File.Exists(_runs.PathOf(other, file)), file);
            if (File.Exists(_runs.PathOf(one, file))) Assert.True(File.ReadAllText(_runs.PathOf(one, file)) == File.ReadAllText(_runs.PathOf(other, file)), file);
        }
    }

    private static void Refused(string found, params string[] arguments)
    {
        (int exitCode, _, string error) = SmallRuns.Command(arguments);
        Assert.True(exitCode == 2, error);
        Assert.Contains(found, error, StringComparison.Ordinal);
    }

    private void Ends(int exitCode, string error, params string[] arguments)
    {
        (int found, string output, string said) = Start(arguments);
        Assert.True(exitCode == found, output + said);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }

    /// <summary>As a process: a user's code is loaded once in each, and its statics are its own.</summary>
    private (int ExitCode, string Output, string Error) Start(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            WorkingDirectory = _runs.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FATHOM_CACHE"] = _runs.PathOf("cache") },
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static Screen Quiet() => new(TextWriter.Null, TextWriter.Null, isJson: true);
}
