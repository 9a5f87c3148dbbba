namespace Fathom.Engine.Portfolio.States;

/// <summary>An owner's position that is watched.</summary>
internal struct WatchedPosition
{
    public StateMachine Machine;
    public LimitShare Share;
}
