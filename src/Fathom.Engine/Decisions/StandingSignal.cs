namespace Fathom.Engine.Decisions;

/// <summary>A strategy's signal in one instrument, from when it was stated until it is withdrawn.</summary>
internal sealed class StandingSignal
{
    /// <summary>As the strategy stated it last.</summary>
    public Signal Wanted { get; set; }

    /// <summary>As it is in force.</summary>
    public Signal Signal { get; private set; }

    public bool IsStanding { get; private set; }

    /// <summary>What was stated last is in force from here on.</summary>
    public void Stand()
    {
        Signal = Wanted;
        IsStanding = true;
    }

    /// <summary>What was stated last says no more than what is in force. A size that nobody stated is another each time, and says nothing.</summary>
    public bool IsSaidAgain => IsStanding && (Wanted == Signal || (Wanted.IsSized && Signal.IsSized && Wanted.Side == Signal.Side && Wanted.Confidence == Signal.Confidence));

    public void Withdraw() => IsStanding = false;
}
