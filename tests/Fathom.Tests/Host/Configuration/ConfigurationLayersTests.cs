using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;

namespace Fathom.Tests.Host.Configuration;

public sealed class ConfigurationLayersTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_later_layer_wins()
    {
        const string Toml = "[venue]\nentry_latency = \"2ms\"";
        Assert.Equal("1ms", Latency(AConfiguration.Of("")));
        Assert.Equal("2ms", Latency(AConfiguration.Of(Toml)));
        Assert.Equal("3ms", Latency(AConfiguration.WithVariable(Toml, "FATHOM__VENUE__ENTRY_LATENCY", "3ms")));
        Assert.Equal("4ms", Latency(AConfiguration.WithVariable(Toml, "FATHOM__VENUE__ENTRY_LATENCY", "3ms", "venue.entry_latency=4ms")));
        Assert.Equal("5ms", Latency(AConfiguration.Of(Toml, "venue.entry_latency=4ms", "venue.entry_latency=5ms")));

        static string Latency(RunConfiguration configuration) => configuration.Root.Section("venue").Duration("entry_latency", Duration.FromMilliseconds(1)).ToString();
    }

    [Theory]
    [InlineData("strategy.params.half_spread=2")]
    [InlineData("strategy.0.params.half_spread=2")]
    public void The_only_strategy_needs_no_number(string set)
    {
        RunConfiguration configuration = AConfiguration.Of("[[strategy]]\nname = \"quoter\"\n[strategy.params]\nhalf_spread = 1", set);
        Assert.Equal(2, configuration.Root.Tables("strategy")[0].Section("params").Long("half_spread"));
    }

    [Fact]
    public void A_new_key_of_the_only_strategy_makes_its_section()
    {
        RunConfiguration configuration = AConfiguration.Of("[[strategy]]\nname = \"quoter\"", "strategy.params.half_spread=2");
        Assert.Equal(2, configuration.Root.Tables("strategy")[0].Section("params").Long("half_spread"));
    }

    [Fact]
    public void One_of_two_strategies_needs_a_number()
    {
        const string Toml = "[[strategy]]\nname = \"a\"\n[[strategy]]\nname = \"b\"";
        Assert.Equal("c", AConfiguration.Of(Toml, "strategy.1.name=c").Root.Tables("strategy")[1].String("name"));
        Assert.Contains("say which", Assert.Throws<InputException>(() => AConfiguration.Of(Toml, "strategy.name=c")).Fix, StringComparison.Ordinal);
        Assert.Equal("strategy.0 to strategy.1", Assert.Throws<InputException>(() => AConfiguration.Of(Toml, "strategy.2.name=c")).Expected);
    }

    [Fact]
    public void A_set_makes_a_strategy_where_there_is_none() => Assert.Equal("quoter", AConfiguration.Of("", "strategy.name=quoter").Root.Tables("strategy")[0].String("name"));

    [Theory]
    [InlineData("data.instrument=CLX5", "CLX5")]
    [InlineData("data.instrument=5602", "5602")]
    [InlineData("data.instrument=0x10", "0x10")]
    [InlineData("data.instrument=true", "true")]
    [InlineData("data.instrument=\"quoted\"", "quoted")]
    [InlineData("data.instrument=a=b", "a=b")]
    [InlineData("data.instrument=", "")]
    [InlineData("data.\"instrument\"=x", "x")]
    public void Text_from_the_command_line_needs_no_quotes(string set, string text) => Assert.Equal(text, AConfiguration.Of("", set).Root.Section("data").String("instrument"));

    [Fact]
    public void Lists_and_tables_come_from_the_command_line_as_TOML()
    {
        RunConfiguration configuration = AConfiguration.Of("", "data.files=[\"a\", \"b\"]", "fees={ maker_bps = 0.5 }", "instrument.\"CL.FUT\".tick=0.01");
        Assert.Equal(["a", "b"], configuration.Root.Section("data").Strings("files"));
        Assert.Equal(0.5m, configuration.Root.Section("fees").Decimal("maker_bps"));
        Assert.Equal("CL.FUT", configuration.Root.Section("instrument").NamedSections()[0].Name);
    }

    [Theory]
    [InlineData("data.file")]
    [InlineData("=x")]
    [InlineData("data..file=x")]
    [InlineData("data file=x")]
    [InlineData("data.file.name=x")]
    public void A_set_that_cannot_be_laid_is_refused(string set) => Assert.Throws<InputException>(() => AConfiguration.Of("[data]\nfile = \"a\"", set));

    [Fact]
    public void Variables_find_keys_whatever_their_case()
    {
        Assert.Equal("X", AConfiguration.WithVariable("", "FATHOM__DATA__INSTRUMENT", "X").Root.Section("data").String("instrument"));
        RunConfiguration configuration = AConfiguration.WithVariable("[instrument.CLx5]\nlot = 1", "FATHOM__INSTRUMENT__CLX5__TICK", "0.01");
        Assert.Equal(["lot", "tick"], configuration.Root.Section("instrument").Section("CLx5").Keys);
        Assert.Equal("ESM4", AConfiguration.WithVariable("", "FATHOM__INSTRUMENT__ESM4__TICK", "0.25").Root.Section("instrument").NamedSections()[0].Name);
        Assert.Throws<InputException>(() => AConfiguration.WithVariable("", "FATHOM__DATA____FILE", "x"));
        Assert.Empty(AConfiguration.WithVariable("", "FATHOM_DATA", "x").Root.Keys);
    }

    [Fact]
    public void Paths_are_relative_to_where_they_were_written()
    {
        string file = Write("run.toml", "[data]\nfile = \"day.dbn\"\ndefinitions = \"/abs/defs.dbn\"");
        Assert.Equal(Path.Combine(_folder, "day.dbn"), PathOf([], NoVariables));
        Assert.Equal("/elsewhere/other.dbn", PathOf(["data.file=other.dbn"], NoVariables));
        Assert.Equal("/elsewhere/third.dbn", PathOf([], new() { ["FATHOM__DATA__FILE"] = "third.dbn" }));
        Assert.Equal("/some/path", PathOf(["data.file=/some/path"], NoVariables));
        Assert.Equal("/abs/defs.dbn", ConfigurationLayers.Load(file, [], NoVariables, "/elsewhere").Root.Section("data").FilePath("definitions"));

        string PathOf(string[] sets, Dictionary<string, string> variables) => ConfigurationLayers.Load(file, sets, variables, "/elsewhere").Root.Section("data").FilePath("file");
    }

    [Fact]
    public void An_environment_file_beside_the_configuration_is_read_below_the_environment()
    {
        string file = Write("run.toml", "[venue]\nentry_latency = \"1ms\"");
        Write(".env", "# local\n\nexport FATHOM__VENUE__ENTRY_LATENCY=\"2ms\"\nSECRET=other\nFATHOM__DATA__INSTRUMENT=CLX5 # note\n");
        RunConfiguration configuration = ConfigurationLayers.Load(file, [], NoVariables, "/elsewhere");
        Assert.Equal("2ms", configuration.Root.Section("venue").Duration("entry_latency").ToString());
        Assert.Equal("CLX5", configuration.Root.Section("data").String("instrument"));
        Assert.Equal($"environment variable FATHOM__VENUE__ENTRY_LATENCY in {Path.Combine(_folder, ".env")}", configuration.Entries.First().Origin.ToString());

        RunConfiguration overridden = ConfigurationLayers.Load(file, [], new Dictionary<string, string> { ["FATHOM__VENUE__ENTRY_LATENCY"] = "3ms" }, "/elsewhere");
        Assert.Equal("3ms", overridden.Root.Section("venue").Duration("entry_latency").ToString());
    }

    [Fact]
    public void An_environment_file_in_the_working_directory_is_read()
    {
        Write(".env", "FATHOM__DATA__INSTRUMENT=ESM4");
        Assert.Equal("ESM4", ConfigurationLayers.FromText("test.toml", "", [], NoVariables, _folder).Root.Section("data").String("instrument"));
    }

    [Fact]
    public void A_broken_environment_file_is_refused_with_its_line()
    {
        Write(".env", "A=1\nnonsense\n");
        Assert.EndsWith(".env:2", Assert.Throws<InputException>(() => ConfigurationLayers.FromText("test.toml", "", [], NoVariables, _folder)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_refused() => Assert.Throws<InputException>(() => ConfigurationLayers.Load("no-such.toml", [], NoVariables, _folder));

    [Fact]
    public void Random_sets_and_variables_are_laid_or_refused()
    {
        const string Toml = "top = 1\n[data]\nfiles = [\"a\"]\n[[strategy]]\nname = \"a\"\n[strategy.params]\nx = { y = 1 }\n[[strategy]]\n[empty]\nlist = []";
        string[] pieces = ["strategy", "data", "params", "0", "1", "-1", "99999999999", "x", "y", ".", ".", "=", "\"", "'", "[", "]", "{", "}", "1e5", "2025-10-20", "__", "__", " ", "é", "files", "empty", "list", "top"];
        for (int seed = 0; seed < Fuzz.Seeds(2_000); seed++)
        {
            Random random = new(seed);
            string Text(int max) => string.Concat(Enumerable.Range(0, random.Next(0, max)).Select(_ => pieces[random.Next(pieces.Length)]));
            string set = Text(10), name = ConfigurationLayers.VariablePrefix + Text(8), value = Text(5);
            Exception? refusal = Record.Exception(() => ReadAll(AConfiguration.WithVariable(Toml, name, value, set)));
            refusal ??= Record.Exception(() => ReadAll(AConfiguration.Of(Toml, $"{Text(5)}={value}")));
            Assert.True(refusal is null or InputException, $"seed {seed}: {refusal}");
        }

        static void ReadAll(RunConfiguration configuration)
        {
            foreach (string key in configuration.Root.Keys)
            {
                foreach (ConfigSection section in configuration.Root.Tables(key))
                {
                    foreach (string name in section.Keys)
                        foreach (Action read in new Action[] { () => section.Decimal(name), () => section.Timestamp(name), () => section.Duration(name), () => section.FilePathsOrNull(name, paths => paths) })
                            if (Record.Exception(read) is not (null or InputException) and { } fault) throw fault;
                }
            }
            _ = configuration.AsUsed();
            configuration.RejectUnknown();
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
