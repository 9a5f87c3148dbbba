using System.CommandLine;
using Fathom.Domain;
using Fathom.Host.Terminal;

namespace Fathom.Host.Commands;

/// <summary>Around every command: stops on Ctrl-C, and turns what a command throws into a message and an exit code.</summary>
public static class CommandFrame
{
    /// <param name="action">Does the work; returns an <see cref="ExitCode"/>.</param>
    public static Command Runs(this Command command, Func<CommandRun, int> action)
    {
        command.SetAction(values => Run(values, action));
        return command;
    }

    private static int Run(ParseResult values, Func<CommandRun, int> action)
    {
        // GetValue by name throws for a command that has no such option.
        bool isJson = values.CommandResult.Command.Options.Contains(CommandRun.JsonOption) && values.GetValue(CommandRun.JsonOption);
        Screen screen = new(values.InvocationConfiguration.Output, values.InvocationConfiguration.Error, isJson);
        using StopSignal stop = new();
        try
        {
            return action(new CommandRun(values, screen, stop.Token));
        }
        catch (InputException wrong)
        {
            screen.WriteError(wrong.Message);
            return ExitCode.InputWrong;
        }
        catch (OperationCanceledException)
        {
            screen.WriteError("Stopped before the end.");
            return ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            screen.WriteError(failure.Message);      // the machine's fault (disk full, connection lost): the place in our code helps nobody
            return ExitCode.Failed;
        }
        catch (Exception fault)
        {
            screen.WriteError($"The program is at fault, not the input: {fault}");
            return ExitCode.Failed;
        }
    }
}
