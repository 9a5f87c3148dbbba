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

    public void Withdraw() => IsStanding = false;
}
