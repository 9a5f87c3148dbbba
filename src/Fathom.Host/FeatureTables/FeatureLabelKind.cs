namespace Fathom.Host.FeatureTables;

/// <summary>What is told of the time after a row.</summary>
public enum FeatureLabelKind : byte
{
    /// <summary>Log return of the mid over the horizon.</summary>
    ForwardReturn,
    /// <summary>Which of two prices the mid meets first, if any before the horizon.</summary>
    TripleBarrier,
}
