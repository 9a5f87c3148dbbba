namespace Fathom.Domain;

/// <summary>The user's input is wrong: raised at an edge before anything runs, shown without a stack trace, exit code 2.</summary>
/// <param name="subject">What it is about: a file, a configuration key, an option.</param>
/// <param name="found">What was found.</param>
/// <param name="expected">What was expected.</param>
/// <param name="fix">How to fix it.</param>
public sealed class InputException(string subject, string found, string expected, string fix)
    : Exception($"{subject}: found {found}, expected {expected}. {fix}")
{
    public string Subject { get; } = subject;
    public string Found { get; } = found;
    public string Expected { get; } = expected;
    public string Fix { get; } = fix;
}
