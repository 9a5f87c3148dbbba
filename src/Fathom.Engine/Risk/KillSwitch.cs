using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>While it is on, the gate lets nothing but cancels pass.</summary>
public sealed class KillSwitch
{
    public bool IsOn { get; private set; }

    /// <summary>When it was last turned on; None when it is off.</summary>
    public Timestamp Since { get; private set; } = Timestamp.None;

    /// <summary>False when it was on already: then the time stays.</summary>
    internal bool TryTurnOn(Timestamp clock)
    {
        if (IsOn) return false;
        (IsOn, Since) = (true, clock);
        return true;
    }

    /// <summary>Goes on from where an earlier session was.</summary>
    internal void Restore(bool isOn, Timestamp since) => (IsOn, Since) = (isOn, since);

    /// <summary>False when it was off already.</summary>
    internal bool TryTurnOff()
    {
        if (!IsOn) return false;
        (IsOn, Since) = (false, Timestamp.None);
        return true;
    }
}
