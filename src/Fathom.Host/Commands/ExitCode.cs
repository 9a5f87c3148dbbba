namespace Fathom.Host.Commands;

/// <summary>What the program tells its caller.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The run failed, or was stopped before its end.</summary>
    public const int Failed = 1;

    /// <summary>The user's input is wrong: nothing was run.</summary>
    public const int InputWrong = 2;
}
