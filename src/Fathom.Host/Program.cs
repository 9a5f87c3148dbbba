using System.CommandLine;
using System.CommandLine.Invocation;
using Fathom.Host.Commands;

namespace Fathom.Host;

/// <summary>The <c>fathom</c> program.</summary>
/// <remarks>
/// A command is one file in <c>Commands</c>: a static class <c>XCommand</c> with a <c>Create()</c> that returns a <see cref="Command"/> with its arguments,
/// its options and <c>command.Runs(run => …)</c>. It is listed once, below: <see cref="CommandList"/> for <c>fathom x</c>, <see cref="DataCommandList"/>
/// for <c>fathom data x</c>, <see cref="NewCommandList"/> for <c>fathom new x</c>.
/// <code>
/// public static Command Create()
/// {
///     Argument&lt;string&gt; file = new("FILE") { Description = "a DBN file" };
///     Command command = new("info", "Show what is in a market data file") { file, CommandRun.JsonOption };
///     return command.Runs(run => Show(run, run.Get(file)));      // returns an exit code
/// }
/// </code>
/// What runs gets a <see cref="CommandRun"/>: values, the <c>Screen</c> to write to, the token that says stop. It throws what it cannot handle;
/// <see cref="CommandFrame"/> turns that into a message and an exit code.
/// </remarks>
public static class Program
{
    /// <summary>In the order in which the help shows them.</summary>
    private static readonly Func<Command>[] CommandList =
    [
        DemoCommand.Create,
        BacktestCommand.Create,
        ReplayCommand.Create,
        WhyCommand.Create,
        FeaturesCommand.Create,
        BookCommand.Create,
        TortureCommand.Create,
        VerifyCommand.Create,
        BenchCommand.Create,
    ];

    private static readonly Func<Command>[] DataCommandList = [DataInfoCommand.Create, DataGenerateCommand.Create];

    private static readonly Func<Command>[] NewCommandList = [NewCSharpCommand.Create];

    public static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        ParseResult parse = CreateRoot().Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parse.Errors.Count > 0) return Refuse(parse, configuration);
        return parse.Invoke(configuration);
    }

    private static RootCommand CreateRoot()
    {
        RootCommand root = new("Fathom: backtests on market-by-order data, on one deterministic engine.");
        foreach (Func<Command> create in CommandList) root.Add(create());
        AddGroup(root, "new", "Start a strategy of your own", NewCommandList);
        AddGroup(root, "data", "What is in market data files; make one", DataCommandList);
        return root;
    }

    private static void AddGroup(RootCommand root, string name, string description, Func<Command>[] list)
    {
        if (list.Length == 0) return;
        Command group = new(name, description);
        foreach (Func<Command> create in list) group.Add(create());
        root.Add(group);
    }

    private static int Refuse(ParseResult parse, InvocationConfiguration configuration)
    {
        if (parse.Action is ParseErrorAction action) action.ShowHelp = false;
        parse.Invoke(configuration);
        configuration.Error.WriteLine($"'{PathOf(parse.CommandResult.Command)} --help' shows what it takes.");
        return ExitCode.InputWrong;
    }

    private static string PathOf(Command command)
    {
        if (command is RootCommand) return "fathom";
        return command.Parents.FirstOrDefault() is Command parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
    }
}
