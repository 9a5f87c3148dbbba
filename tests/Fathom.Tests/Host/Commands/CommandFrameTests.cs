using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json;
using Fathom.Analytics.Reports;
using Fathom.Domain;
using Fathom.Host.Commands;
using Fathom.Host.Terminal;

namespace Fathom.Tests.Host.Commands;

public class CommandFrameTests
{
    [Fact]
    public void The_commands_own_exit_code_is_returned() => Assert.Equal(ExitCode.Failed, Run(_ => ExitCode.Failed).ExitCode);

    [Fact]
    public void Wrong_input_says_what_was_found_what_was_expected_and_the_fix()
    {
        (int exitCode, string output, string error) = Run(_ => throw new InputException("data.file", "nothing", "a path", "Name a file."));
        Assert.Equal(ExitCode.InputWrong, exitCode);
        Assert.Equal("data.file: found nothing, expected a path. Name a file.", error.Trim());
        Assert.Empty(output);
    }

    [Fact]
    public void A_stop_is_a_failure_with_a_plain_message()
    {
        (int exitCode, _, string error) = Run(_ => throw new OperationCanceledException());
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal("Stopped before the end.", error.Trim());
    }

    [Fact]
    public void A_failing_machine_is_named_without_our_code()
    {
        (int exitCode, _, string error) = Run(_ => throw new IOException("No space left on device"));
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal("No space left on device", error.Trim());
    }

    [Fact]
    public void A_fault_of_ours_shows_where()
    {
        (int exitCode, _, string error) = Run(_ => throw new InvariantException("cash is conserved"));
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains("cash is conserved", error, StringComparison.Ordinal);
        Assert.Contains(nameof(CommandFrameTests), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_characters_in_a_message_are_shown_as_they_are()
    {
        string error = Run(_ => throw new InputException("[risk]", "[red]", "[/]", "Fix it.")).Error;
        Assert.Equal("[risk]: found [red], expected [/]. Fix it.", error.Trim());
    }

    [Fact]
    public void Json_is_the_only_thing_on_the_output_and_has_null_for_what_is_no_number()
    {
        (int exitCode, string output, string error) = Run(static run =>
        {
            Assert.True(run.Screen.IsJson);
            using (Progress progress = run.Screen.StartProgress("Counting")) progress.Update(1, 0.5);
            run.Screen.WriteJson(static json =>
            {
                json.WriteStartObject();
                json.WriteNumberOrNull("nothing", double.NaN);
                json.WriteNumberOrNull("endless", double.NegativeInfinity);
                json.WriteNumberOrNull("half", 0.5);
                json.WriteEndObject();
            });
            return ExitCode.Done;
        }, "--json");
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Empty(error);
        using JsonDocument answer = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("nothing").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("endless").ValueKind);
        Assert.Equal(0.5, answer.RootElement.GetProperty("half").GetDouble());
    }

    private static (int ExitCode, string Output, string Error) Run(Func<CommandRun, int> action, params string[] arguments)
    {
        Command command = new Command("try", "Try it") { CommandRun.JsonOption }.Runs(action);
        using StringWriter output = new(), error = new();
        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        int exitCode = new RootCommand { command }.Parse(["try", .. arguments]).Invoke(configuration);
        return (exitCode, output.ToString(), error.ToString());
    }
}
