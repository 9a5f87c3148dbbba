using System.CommandLine;
using System.CommandLine.Parsing;
using Fathom.Benchmarks.Data;
using Fathom.Benchmarks.Features;
using Fathom.Benchmarks.Host;
using Fathom.Benchmarks.Market;
using Fathom.Benchmarks.Orders;
using Fathom.Benchmarks.Risk;
using Fathom.Benchmarks.Strategies;
using Fathom.Domain;
using Fathom.Simulation.Generator;

namespace Fathom.Benchmarks;

/// <summary><c>fathom bench</c>: one word says what is measured, the rest are its options.</summary>
public static class Program
{
    private static readonly Option<bool> s_json = new("--json") { Description = "answer in JSON" };
    private static readonly Option<string?> s_preset = new("--preset") { Description = "only this market: " + string.Join(", ", BookBench.Presets) + " [default: all three]" };

    public static int Main(string[] arguments)
    {
        RootCommand root = new("Measure this machine. Figures are medians; compare them as ratios within one run.") { Backtest(), Strategy(), Features(), Orders(), Risk(), Book(), Decode(), DecodeChild() };
        try
        {
            ParseResult parse = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
            foreach (ParseError error in parse.Errors) Console.Error.WriteLine(error.Message);
            if (parse.Errors.Count == 0) return parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            Console.Error.WriteLine("'fathom bench --help' shows what it takes.");
            return 2;
        }
        catch (InputException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }
    }

    private static Command Backtest()
    {
        Option<long> events = Number("--events", "market-by-order messages of the market", 5_000_000);
        Option<long> repetitions = Number("--repetitions", "how often each is measured", 5);
        Command command = new("backtest", "A whole backtest (samples/bench.toml), part by part; about a minute") { events, repetitions, s_json };
        command.SetAction(values => BenchReport.Write(BacktestBench.Measure(values.GetValue(events), (int)values.GetValue(repetitions)), values.GetValue(s_json)));
        return command;
    }

    private static Command Strategy() =>
        Parted("strategy", "Ways to run strategies, each against its plain form; about a minute", StrategyBench.Parts, StrategyBench.Measure, repeatedBy: 3);

    private static Command Features() =>
        Parted("features", "What a sample costs each feature, how that grows with its window, and what a vector of forty adds to a backtest; about two minutes", FeaturesBench.PartNames, FeaturesBench.Measure, repeatedBy: 5);

    private static Command Orders() =>
        Parted("orders", "Orders: changes of their state, snapshots for readers, events that touch none, recording; about a minute", OrdersBench.PartNames, OrdersBench.Measure, repeatedBy: 5);

    private static Command Risk() =>
        Parted("risk", "The gate with all rules on, what limits add to a market message, and what they weigh; about a minute", RiskBench.PartNames, RiskBench.Measure, repeatedBy: 5);

    /// <summary>A benchmark of several parts on one market.</summary>
    private static Command Parted(string name, string description, IEnumerable<string> parts, Func<string?, long, int, List<BenchResult>> measure, long repeatedBy)
    {
        Option<string?> part = new("--part") { Description = "only this part: " + string.Join(", ", parts) + " [default: all]" };
        Option<long> events = Number("--events", "market-by-order messages of the market", 2_000_000);
        Option<long> repetitions = Number("--repetitions", "how often each is measured", repeatedBy);
        Command command = new(name, description) { part, events, repetitions, s_json };
        command.SetAction(values => BenchReport.Write(measure(values.GetValue(part), values.GetValue(events), (int)values.GetValue(repetitions)), values.GetValue(s_json)));
        return command;
    }

    private static Command Book()
    {
        Option<long> events = Number("--events", "market-by-order messages of each market", 3_000_000);
        Option<long> repetitions = Number("--repetitions", "how often each is measured", 5);
        Command command = new("book", "Messages in memory to order books, against the slow twin; about a minute") { s_preset, events, repetitions, s_json };
        command.SetAction(values =>
        {
            string? preset = values.GetValue(s_preset);
            if (preset is not null) _ = GeneratorPreset.Find(preset);
            IEnumerable<string> presets = preset is null ? BookBench.Presets : [preset];
            BenchReport.Write([.. presets.SelectMany(name => BookBench.Measure(name, values.GetValue(events), (int)values.GetValue(repetitions)))], values.GetValue(s_json));
        });
        return command;
    }

    private static Command Decode()
    {
        Option<long> events = Number("--events", "market-by-order messages of the file", 2_000_000);
        Option<long> repetitions = Number("--repetitions", "how often each is measured", 7);
        Command command = new("decode", "DBN files to messages: plain, zstd, several at once; about half a minute") { events, repetitions, s_json };
        command.SetAction(values => BenchReport.Write(DecodeBench.Measure(values.GetValue(events), (int)values.GetValue(repetitions)), values.GetValue(s_json)));
        return command;
    }

    /// <summary>The second process of the benchmark with two of them.</summary>
    private static Command DecodeChild()
    {
        Argument<string> file = new("FILE");
        Command command = new(DecodeBench.ChildCommand) { file };
        command.Hidden = true;
        command.SetAction(values => DecodeBench.RunChild(values.GetValue(file)!));
        return command;
    }

    private static Option<long> Number(string name, string description, long otherwise)
    {
        Option<long> option = new(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(value =>
        {
            if (value.Implicit) return;      // not given: the default stands
            bool isNumber = long.TryParse(value.Tokens is [{ } token] ? token.Value : "", out long number);
            if (!isNumber || number is < 1 or > int.MaxValue) value.AddError($"{name}: expected a whole number from 1 to {int.MaxValue}, for example {name} {otherwise}.");
        });
        return option;
    }
}
