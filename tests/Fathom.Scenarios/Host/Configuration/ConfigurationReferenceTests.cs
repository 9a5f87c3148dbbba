using System.Text.RegularExpressions;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration;
using Fathom.Host.Terminal;

namespace Fathom.Scenarios.Host.Configuration;

/// <summary>Runs the examples of docs/reference/configuration.md: a toml or sh block with a text block right after it is a question and its answer. The first
/// toml block is the run.toml of the sh blocks.</summary>
public partial class ConfigurationReferenceTests
{
    [GeneratedRegex(@"```(?<kind>toml|sh)\n(?<question>((?!```).)*)```\n```text\n(?<answer>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example { get; }

    [GeneratedRegex(@"```toml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstFile { get; }

    [Fact]
    public void Every_example_answers_what_the_page_says()
    {
        string page = File.ReadAllText(PagePath());
        string file = FirstFile.Match(page).Groups[1].Value;
        MatchCollection examples = Example.Matches(page);
        Assert.NotEmpty(examples);
        foreach (Match example in examples)
        {
            string question = example.Groups["question"].Value;
            bool isFile = example.Groups["kind"].Value == "toml";
            Assert.Equal(example.Groups["answer"].Value.TrimEnd(), Answer(isFile ? question : file, isFile ? "" : question.TrimEnd()));
        }
    }

    private static string Answer(string toml, string command)
    {
        StringWriter output = new();
        try
        {
            RunConfiguration configuration = ConfigurationLayers.FromText("run.toml", toml, command.Split(" --set ").Skip(1), new Dictionary<string, string>(), "/market");
            Bind(configuration.Root);
            configuration.RejectUnknown();
            ConfigExplanation.Write(new Screen(output, TextWriter.Null, isJson: false), configuration);
        }
        catch (InputException wrong)
        {
            output.WriteLine(wrong.Message);
        }
        return string.Join('\n', output.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    /// <summary>The page's vocabulary.</summary>
    private static void Bind(ConfigSection root)
    {
        ConfigSection data = root.Section("data"), venue = root.Section("venue"), fees = root.Section("fees"), account = root.Section("account");
        data.FilePathOrNull("file");
        data.FilePaths("files");
        data.FilePathOrNull("definitions");
        data.StringOrNull("instrument");
        data.TimestampOrNull("start");
        data.TimestampOrNull("end");
        foreach (string latency in new[] { "entry_latency", "response_latency", "feed_latency" }) venue.Duration(latency, Duration.Zero, min: Duration.Zero);
        foreach (string fee in new[] { "maker_bps", "taker_bps", "per_contract" }) fees.Decimal(fee, 0);
        account.CurrencyOrNull("currency");
        account.Decimal("cash", 0, min: 0);
        root.Section("risk").QuantityOrNull("position_max", min: Quantity.Zero);
        foreach (ConfigSection strategy in root.Tables("strategy"))
        {
            strategy.String("name");
            strategy.Section("params").Decimal("half_spread", 1);
        }
        foreach ((string _, ConfigSection instrument) in root.Section("instrument").NamedSections())
        {
            instrument.PriceOrNull("tick");
            instrument.QuantityOrNull("lot");
            instrument.DecimalOrNull("multiplier");
            instrument.StringOrNull("kind");
            instrument.CurrencyOrNull("currency");
        }
    }

    private static string PagePath()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Fathom.slnx"))) directory = directory.Parent;
        return Path.Combine(directory?.FullName ?? ".", "docs", "reference", "configuration.md");
    }
}
