using System.Diagnostics;

namespace Fathom.Scenarios;

/// <summary>The program as a process: what a shell or another program sees of it.</summary>
public class CommandLineTests
{
    [Fact]
    public void The_version_is_one_line_on_the_output()
    {
        (int exitCode, string output, string error) = Run("--version");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", output);
        Assert.Empty(error);
    }

    [Fact]
    public void Piped_output_has_no_colours()
    {
        (int exitCode, string output, string error) = Run("--help");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain('\u001b', output + error);
    }

    [Fact]
    public void A_wrong_command_ends_with_two_and_leaves_the_output_empty_of_answers()
    {
        (int exitCode, _, string error) = Run("no-such-command");
        Assert.Equal(2, exitCode);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "fathom.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
