namespace Fathom.Engine.Risk.Kill;

/// <summary>What a kill rule counts, and what it stops.</summary>
public enum KillScope : byte
{
    /// <summary>All together; everything is stopped.</summary>
    Account,
    /// <summary>Each strategy by itself; that strategy is stopped.</summary>
    Strategy,
    /// <summary>Each instrument by itself; that instrument is stopped, for every strategy.</summary>
    Instrument,
}
