using Fathom.Host;
using Fathom.Host.Commands;

namespace Fathom.Tests.Host;

public class ProgramTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_goes_to_the_output_and_is_no_failure(params string[] arguments)
    {
        (int exitCode, string output, string error) = Run(arguments);
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("--no-such-option")]
    public void Wrong_words_are_refused_with_a_hint(string word)
    {
        (int exitCode, _, string error) = Run(word);
        Assert.Equal(ExitCode.InputWrong, exitCode);
        Assert.Contains(word, error, StringComparison.Ordinal);
        Assert.Contains("'fathom --help'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bench_without_the_launcher_says_how_to_start_it()
    {
        (int exitCode, _, string error) = Run("bench", "book", "--json");
        Assert.Equal(ExitCode.InputWrong, exitCode);
        Assert.Contains("./fathom bench", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (Program.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
