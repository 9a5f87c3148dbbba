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
        string path = Path.Combine(Places.Root, "docs", "reference", "configuration.md"), page = File.ReadAllText(path);
        string file = FirstFile.Match(page).Groups[1].Value;
        Assert.NotEmpty(Example.Matches(page));
        string expected = Example.Replace(page, example =>
        {
            Group question = example.Groups["question"], answer = example.Groups["answer"];
            bool isFile = example.Groups["kind"].Value == "toml";
            string told = Answer(isFile ? question.Value : file, isFile ? "" : question.Value.TrimEnd());
            string end = answer.Value[answer.Value.TrimEnd().Length..];
            return example.Value[..(answer.Index - example.Index)] + told + end + example.Value[(answer.Index - example.Index + answer.Length)..];
        });
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(path, expected);
        Assert.Equal(expected, page);
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
