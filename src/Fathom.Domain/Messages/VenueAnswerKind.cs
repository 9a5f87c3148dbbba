namespace Fathom.Domain.Messages;

/// <summary>What a <see cref="VenueAnswer"/> says of the answer to a question.</summary>
public enum VenueAnswerKind : byte
{
    None = 0,
    /// <summary>A snapshot begins: executions, open orders and positions follow.</summary>
    SnapshotBegins = 1,
    /// <summary>The snapshot is whole if as much of it came as is stated here.</summary>
    SnapshotEnds = 2,
    /// <summary>The question is not answered: ask again later.</summary>
    Failed = 3,
}
