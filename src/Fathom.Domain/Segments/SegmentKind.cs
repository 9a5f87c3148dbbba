namespace Fathom.Domain.Segments;

/// <summary>Whose messages a segment holds.</summary>
public enum SegmentKind : byte
{
    None = 0,

    /// <summary>What an engine consumed, in the order consumed; message n is input n.</summary>
    Inputs = 1,

    /// <summary>What an engine published, in the order published.</summary>
    Outputs = 2,
}
