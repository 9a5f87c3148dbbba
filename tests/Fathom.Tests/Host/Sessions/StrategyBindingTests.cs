using System.Text;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
using Fathom.Tests.Host.CSharp;

namespace Fathom.Tests.Host.Sessions;

public class StrategyBindingTests
{
    private const string Source = """
        namespace Ns;
        public enum Way { JoinBest, StepAhead }
        public class MyQuoter : Strategy
        {
            [Parameter("half spread in ticks", Min = 0, Max = 100)] public double HalfSpread { get; set; } = 1;
            [Parameter(Min = 1)] public int Levels { get; set; } = 3;
            [Parameter] public Way Way { get; set; }
            [Parameter] public Price Stop { get; set; } = Price.None;
            [Parameter(Min = "1ms", Max = "1h")] public Duration Patience { get; set; } = Duration.FromMilliseconds(5_000);
            [Parameter] public string? Note { get; set; }
            public int Forgotten { get; set; }
            public override string ToString() => $"{HalfSpread} {Levels} {Way} {Stop} {Patience} {Note}";
        }
        """;

    /// <summary>One for all tests, so that each source is compiled once.</summary>
    private static readonly StrategyFolder s_folder = new();

    static StrategyBindingTests()
    {
        Environment.SetEnvironmentVariable("FATHOM_CACHE", s_folder.CachePath);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => s_folder.Dispose();
        s_folder.Write("MyQuoter.cs", Source);
    }

    [Fact]
    public void A_file_is_a_strategy_with_its_parameters_and_its_code_in_the_configuration()
    {
        BacktestSettings plain = Bind("file = \"MyQuoter.cs\"");
        Assert.Equal("my-quoter", plain.Engine.Strategies[0].Name);
        Assert.Equal("1 3 JoinBest  5s ", plain.Engine.Strategies[0].Strategy.ToString());
        string canonical = Canonical(plain);
        Assert.DoesNotContain("MyQuoter.cs", canonical, StringComparison.Ordinal);
        Assert.Matches("(?m)^strategy.0.code = \"[0-9a-f]{32}\"$", canonical);
        foreach (string line in new[] { "half_spread = 1", "levels = 3", "patience = \"5s\"", "way = \"join_best\"" }) Assert.Contains($"strategy.0.params.{line}\n", canonical, StringComparison.Ordinal);

        BacktestSettings set = Bind("file = \"MyQuoter.cs\"\nid = \"mine\"\nparams = { half_spread = 2.5, levels = 1, way = \"step_ahead\", stop = 9.5, patience = \"1500us\", note = \"hi\" }");
        Assert.Equal("2.5 1 StepAhead 9.50 1500us hi", set.Engine.Strategies[0].Strategy.ToString());
        Assert.Equal("mine", set.Engine.Strategies[0].Name);
    }

    [Fact]
    public void What_a_run_wrote_down_gives_it_again_until_the_code_changes()
    {
        s_folder.Write("Changing.cs", Source);
        BacktestSettings first = Bind("file = \"Changing.cs\"");
        Assert.Equal(Canonical(first), Canonical(BacktestSettings.Bind(ConfigurationLayers.FromText("again", first.AsUsed, [], new Dictionary<string, string>(), "/elsewhere"))));
        s_folder.Write("Changing.cs", Source + "\n// another");
        Assert.NotEqual(Canonical(first), Canonical(Bind("file = \"Changing.cs\"")));
        InputException wrong = Assert.Throws<InputException>(() => BacktestSettings.Bind(ConfigurationLayers.FromText("again", first.AsUsed, [], new Dictionary<string, string>(), "/elsewhere")));
        Assert.StartsWith("strategy.0.code", wrong.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_is_one_too_and_type_chooses()
    {
        string path = s_folder.Build("Mine", "using Fathom.Engine.Decisions; namespace Ns; public class One : Strategy { [Parameter] public bool Flag { get; set; } } public class Two : Strategy { }", StrategyFolder.Api);
        BacktestSettings settings = Bind($"assembly = \"{path}\"\ntype = \"Ns.One\"\nparams = {{ flag = true }}");
        Assert.Equal("one", settings.Engine.Strategies[0].Name);
        Assert.Contains("strategy.0.type = \"Ns.One\"\n", Canonical(settings), StringComparison.Ordinal);
        Assert.Contains("Ns.One and Ns.Two", Assert.Throws<InputException>(() => Bind($"assembly = \"{path}\"")).Found, StringComparison.Ordinal);
        InputException none = Assert.Throws<InputException>(() => Bind($"assembly = \"{path}\"\ntype = \"Two\"\nparams = {{ size = 1 }}"));
        Assert.Contains("Two has no parameters", none.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "found nothing, expected name, file or assembly")]
    [InlineData("fiel = \"x.cs\"", "Is fiel (run.toml:2:8) meant to be it?")]
    [InlineData("name = \"quoter\"\nfile = \"x.cs\"", "Remove name or file.")]
    [InlineData("file = \"x.cs\"\nassembly = \"x.dll\"", "Remove file or assembly.")]
    [InlineData("file = \"nowhere.cs\"", "no such file")]
    [InlineData("name = \"quoter\"\ntype = \"X\"", "the unknown key strategy.0.type")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { half_spraed = 1 }", "expected strategy.0.params.half_spread")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { forgotten = 1 }", "Write [Parameter] above MyQuoter.Forgotten")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { half_spread = 101 }", "found 101, expected a decimal number of at most 28 digits, from 0 to 100")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { half_spread = \"wide\" }", "from 0 to 100")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { levels = 1.5 }", "found 1.5, expected a whole number, from 1 to 2147483647")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { way = \"join_bets\" }", "Did you mean \"join_best\"?")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { patience = \"2h\" }", "from \"1ms\" to \"1h\"")]
    [InlineData("file = \"MyQuoter.cs\"\nparams = { patience = 5 }", "a duration with a unit")]
    public void Nonsense_is_refused_with_what_is_meant(string section, string said)
    {
        InputException wrong = Assert.Throws<InputException>(() => Bind(section));
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    private BacktestSettings Bind(string section) =>
        BacktestSettings.Bind(ConfigurationLayers.FromText("run.toml", $"[[strategy]]\n{section}\n", ["data.file=x.dbn"], new Dictionary<string, string>(), s_folder.Path));

    private static string Canonical(BacktestSettings settings) => Encoding.UTF8.GetString(settings.Engine.Configuration.Span);
}
