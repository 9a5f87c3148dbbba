using Fathom.Domain.Values;

namespace Fathom.Engine.Execution.Exits;

/// <summary>How often one exit order of a position was tried in vain, and when it may be tried again: after 0.1, 0.2, 0.4 … seconds, at most ten times.</summary>
internal struct ExitAttempts
{
    public const int Max = 10;

    private const long FirstNanos = 100_000_000, ForgottenNanos = 120_000_000_000;

    private Timestamp _last;
    private int _count;

    /// <summary>When it may be tried again; None while nothing is waited for.</summary>
    public Timestamp Due { get; private set; } = Timestamp.None;

    /// <summary>Nothing is tried before something moves.</summary>
    public bool IsGivenUp { get; private set; }

    public ExitAttempts() { }

    public readonly int Count => _count;

    public readonly bool MayTry(Timestamp clock) => !IsGivenUp && (Due.IsNone || clock >= Due);

    /// <summary>It did not come about. Failures of long ago are forgotten.</summary>
    public void NoteFailure(Timestamp clock)
    {
        if (_count > 0 && (clock - _last).Nanos > ForgottenNanos) _count = 0;
        _last = clock;
        _count++;
        IsGivenUp = _count >= Max;
        Due = IsGivenUp ? Timestamp.None : clock + new Duration(FirstNanos << (_count - 1));
    }

    /// <summary>Something moved: all is open again.</summary>
    public void Reset()
    {
        _count = 0;
        IsGivenUp = false;
        Due = Timestamp.None;
    }
}
