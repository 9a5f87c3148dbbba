using System.CommandLine;
using Fathom.Host.Terminal;

namespace Fathom.Host.Commands;

/// <summary>What a running command has: its values, where it writes, and the token that says that the user wants to stop.</summary>
/// <param name="Stop">Set by Ctrl-C and SIGTERM; long work polls it per batch (<see cref="CancellationToken.ThrowIfCancellationRequested"/>).</param>
public sealed record CommandRun(ParseResult Values, Screen Screen, CancellationToken Stop)
{
    /// <summary>Of every command that a program may read: the answer as one JSON value on the standard output, nothing else there.</summary>
    public static Option<bool> JsonOption { get; } = new("--json") { Description = "answer in JSON" };

    /// <summary>The argument's value; the command line is refused before the command runs when a required one is missing.</summary>
    public T Get<T>(Argument<T> argument) => Values.GetValue(argument)!;

    /// <summary>The option's value or its default; null when it has neither.</summary>
    public T? Get<T>(Option<T> option) => Values.GetValue(option);
}
