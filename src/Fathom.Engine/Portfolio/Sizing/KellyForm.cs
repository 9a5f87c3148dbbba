namespace Fathom.Engine.Portfolio.Sizing;

/// <summary>What of the recent trades counts.</summary>
public enum KellyForm : byte
{
    /// <summary>How often they win, and how much a win is to a loss.</summary>
    Discrete = 0,
    /// <summary>Mean and variance of their returns.</summary>
    Continuous,
}
