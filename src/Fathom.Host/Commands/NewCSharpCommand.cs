using System.CommandLine;
using Fathom.Domain;
using Fathom.Host.CSharp;

namespace Fathom.Host.Commands;

/// <summary><c>fathom new csharp NAME</c>.</summary>
public static class NewCSharpCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "name of the class: MyQuoter" };
        Option<string> outFolder = new("--out") { Description = "folder to write to [default: the current one]", HelpName = "DIR" };
        Command command = new("csharp", "Start a strategy in C#: its class, a configuration that runs it, tests") { name, outFolder };
        return command.Runs(run =>
        {
            Write(run.Get(name), run.Get(outFolder) ?? ".", run);
            return ExitCode.Done;
        });
    }

    private static void Write(string name, string folder, CommandRun run)
    {
        StrategyTemplate.RequireName(name);
        if (File.Exists(folder)) throw new InputException(folder, "a file", "a folder", "Name another folder with --out.");
        (string Path, string Text)[] files = [.. StrategyTemplate.Files(name).Select(file => (Path.Combine(folder, file.Path), file.Text))];
        foreach ((string path, _) in files)
            if (Path.Exists(path)) throw new InputException(path, "a file that is there already", "none", "Nothing was written. Choose another name, or another folder with --out.");
        foreach ((string path, string text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text);
        }
        TextWriter output = run.Screen.Out.Profile.Out.Writer;
        foreach ((string path, _) in files) output.WriteLine($"wrote {Shown(path)}");
        output.WriteLine();
        output.WriteLine("What to type next");
        output.WriteLine($"  ./fathom data generate --preset demo --out {Quoted(Path.Combine(folder, "demo.dbn"))}");
        output.WriteLine($"  ./fathom backtest {Quoted(Path.Combine(folder, name + ".toml"))}");
        output.WriteLine("and for its tests");
        output.WriteLine($"  dotnet test {Quoted(Path.Combine(folder, name + ".Tests"))}");
    }

    private static string Shown(string path) => path.StartsWith($".{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? path[2..] : path;

    private static string Quoted(string path) => Shown(path) is var shown && shown.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '\\' or ':') ? shown : $"'{shown}'";
}
