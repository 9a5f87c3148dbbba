using System.Diagnostics;
using Fathom.Domain;
using Fathom.Engine.Decisions;
using Fathom.Host.CSharp;
using Fathom.Strategies.CSharp;

namespace Fathom.Tests.Host.CSharp;

/// <summary>Source and assemblies of users, through the real compiler.</summary>
public sealed class StrategyCodeTests : IDisposable
{
    private readonly StrategyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Source_is_compiled_once_with_symbols_that_name_its_own_file()
    {
        string path = _folder.Write("My, = Quoter.cs", "public sealed class Thrower : Strategy\n{\n    public override void OnStart(StrategyContext context) => throw new FormatException();\n}\n");
        StrategyCode code = StrategyCode.FromSource(path, _folder.Cache);
        Strategy strategy = StrategyClass.Create(StrategyClass.Find(code.Assembly, code.Source), code.Source);
        Assert.IsAssignableFrom<Strategy>(strategy);      // the host's own Strategy
        StackFrame thrown = new StackTrace(Assert.Throws<FormatException>(() => strategy.OnStart(null!)), fNeedFileInfo: true).GetFrame(0)!;
        Assert.Equal((path, 3), (thrown.GetFileName(), thrown.GetFileLineNumber()));
        Assert.Empty(code.Warnings);

        string entry = Assert.Single(_folder.CacheFiles);
        byte[] bytes = File.ReadAllBytes(entry);
        Assert.Same(code.Assembly, StrategyCode.FromSource(path, _folder.Cache).Assembly);
        File.WriteAllText(entry, "damaged");
        StrategyCode.FromSource(path, _folder.Cache);
        Assert.Equal(bytes, File.ReadAllBytes(entry));      // the same source gives the same bytes
    }

    [Fact]
    public void Errors_stand_with_file_line_and_column()
    {
        string path = _folder.Write("Bad.cs", "public sealed class Bad : Strategy\n{\n    int x = nul;\n    int y = nil;\n}\n");
        InputException wrong = Assert.Throws<InputException>(() => StrategyCode.FromSource(path, _folder.Cache));
        string shown = StrategyCompiler.Shown(path);
        Assert.Equal((shown, "2 errors"), (wrong.Subject, wrong.Found));
        Assert.Contains($"\n{shown}(3,13): error CS0103: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains($"\n{shown}(4,13): error CS0103: ", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.CacheFiles);
    }

    [Fact]
    public void Warnings_of_the_compiler_and_what_does_not_repeat_are_told_each_time()
    {
        string path = _folder.Write("Clocked.cs", """
            public sealed class Clocked : Strategy
            {
                public override void OnStart(StrategyContext context)
                {
                    int unused = 1;
                    object o = (DateTime.UtcNow, new Random(), Guid.NewGuid(), System.IO.File.Exists("x"), Math.Exp(1), System.Diagnostics.Stopwatch.StartNew());
                    new System.Threading.Thread(() => { }).Start();
                    System.Threading.Tasks.Task.Run(() => o);
                    Environment.GetEnvironmentVariable("x");
                    new System.Threading.ThreadLocal<int>();
                }
            }
            """);
        for (int time = 0; time < 2; time++)
        {
            IReadOnlyList<string> warnings = StrategyCode.FromSource(path, _folder.Cache).Warnings;
            Assert.Contains(warnings, warning => warning.Contains("Clocked.cs(5,13): warning CS0219", StringComparison.Ordinal));
            string[] members =
            [
                "System.DateTime.UtcNow", "new System.Random", "System.Guid.NewGuid", "System.IO.File.Exists", "System.Math.Exp", "System.Diagnostics.Stopwatch.StartNew", "new System.Threading.Thread",
                "System.Threading.Tasks.Task.Run", "System.Environment.GetEnvironmentVariable", "new System.Threading.ThreadLocal`1",
            ];
            foreach (string member in members) Assert.Contains(warnings, warning => warning.Contains($"warning: {member}: results may not repeat. ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_repeats_is_not_warned_of()
    {
        string path = _folder.Write("Fine.cs", """
            public sealed class Fine : Strategy
            {
                private readonly record struct Pair(string Name, double Value);
                private readonly Random _dice = new(7);
                private event Action? Happened;
                private IEnumerable<int> Some() { yield return _dice.Next(3); }
                public override void OnStart(StrategyContext context)
                {
                    Console.WriteLine($"{Some().Where(i => i > 0).Sum()} {new Pair("a", Math.Sqrt(2)).GetHashCode()} {Portable.Exp(1)} {context.Clock}{Environment.NewLine}");
                    Happened?.Invoke();
                }
            }
            """);
        Assert.Empty(StrategyCode.FromSource(path, _folder.Cache).Warnings);
    }

    [Fact]
    public void A_missing_file_or_a_folder_is_no_code()
    {
        Assert.Contains("no such file", Assert.Throws<InputException>(() => StrategyCode.FromSource(_folder.PathOf("nowhere.cs"), _folder.Cache)).Message, StringComparison.Ordinal);
        Assert.Contains("a folder", Assert.Throws<InputException>(() => StrategyCode.FromAssembly(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("public class Text { }")]
    public void What_is_no_assembly_is_refused(string text)
    {
        InputException wrong = Assert.Throws<InputException>(() => StrategyCode.FromAssembly(_folder.Write("Text.dll", text)));
        Assert.Contains("no .NET assembly", wrong.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_brings_its_own_along_and_its_hash_has_them()
    {
        string helper = _folder.Build("Helper", "public static class Helper { public static string Name => \"one\"; }");
        const string Source = "using Fathom.Engine.Decisions; public sealed class Mine : Strategy { public override string ToString() => Helper.Name; }";
        string mine = _folder.Build("Mine", Source, [.. StrategyFolder.Api, helper]);
        string beside = Path.Combine(Path.GetDirectoryName(mine)!, "Helper.dll");
        File.Copy(helper, beside);
        StrategyCode code = StrategyCode.FromAssembly(mine);
        Assert.Equal("one", StrategyClass.Create(StrategyClass.Find(code.Assembly, code.Source), code.Source).ToString());

        File.Copy(_folder.Build("Helper", "public static class Helper { public static string Name => \"two\"; }"), beside, overwrite: true);
        StrategyCode other = StrategyCode.FromAssembly(mine);
        Assert.NotEqual(code.Hash, other.Hash);
        Assert.Equal("two", StrategyClass.Create(StrategyClass.Find(other.Assembly, other.Source), other.Source).ToString());
    }

    [Theory]
    [InlineData("public override void OnStart(StrategyContext context) => context.Gone();", "Gone")]
    [InlineData("public override void OnGone(StrategyContext context) { }", "OnGone overrides a callback that does not exist here")]
    [InlineData("private readonly GoneType _gone = new();", "GoneType")]
    public void An_assembly_for_another_Fathom_is_refused_by_what_is_missing(string member, string named)
    {
        string other = _folder.Build("Fathom.Engine", """
            namespace Fathom.Engine.Decisions;
            public abstract class Strategy { public virtual void OnStart(StrategyContext context) { } public virtual void OnGone(StrategyContext context) { } }
            public sealed class StrategyContext { public void Gone() { } }
            public sealed class GoneType { }
            """);
        string mine = _folder.Build("Mine", $"using Fathom.Engine.Decisions; public sealed class Mine : Strategy {{ {member} }}", other);
        InputException wrong = Assert.Throws<InputException>(() => StrategyCode.FromAssembly(mine));
        Assert.Contains(named, wrong.Found, StringComparison.Ordinal);
        Assert.Contains("built against this Fathom", wrong.Expected, StringComparison.Ordinal);
    }
}
