using System.Text.RegularExpressions;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.Sessions;
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
        string page = File.ReadAllText(Path.Combine(Places.Root, "docs", "reference", "configuration.md"));
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
            RunConfiguration configuration = ConfigurationLayers.FromText("run.toml", toml, [.. Needed(toml), .. command.Split(" --set ").Skip(1)], new Dictionary<string, string>(), "/market");
            BacktestSettings.Bind(configuration);
            ConfigExplanation.Write(new Screen(output, TextWriter.Null, isJson: false), configuration);
        }
        catch (InputException wrong)
        {
            output.WriteLine(wrong.Message);
        }
        return string.Join('\n', output.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    /// <summary>The page's short examples leave out what every run needs.</summary>
    private static IEnumerable<string> Needed(string toml)
    {
        if (!toml.Contains("[data]", StringComparison.Ordinal) || !toml.Contains("file =", StringComparison.Ordinal)) yield return "data.file=day.dbn";
        if (!toml.Contains("[[strategy]]", StringComparison.Ordinal)) yield return "strategy.name=quoter";
    }
}
