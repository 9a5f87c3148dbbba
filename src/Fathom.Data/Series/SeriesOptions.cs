using Fathom.Domain.Values;

namespace Fathom.Data.Series;

/// <summary>A series of numbers in a CSV file, and what its columns mean.</summary>
public sealed record SeriesOptions
{
    /// <summary>What strategies call it: 1 to 32 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    public required string File { get; init; }

    /// <summary>Column of the time that the numbers are about.</summary>
    public required string Time { get; init; }

    /// <summary>Column of the time at which they became known; null: <see cref="Delay"/> after their time.</summary>
    public string? AvailableAt { get; init; }

    /// <summary>Not below zero; unused where a column says it.</summary>
    public Duration Delay { get; init; }

    /// <summary>Column of what the numbers are of; null: the series has one subject.</summary>
    public string? Key { get; init; }

    /// <summary>Columns of the numbers, at most 16; empty: all others.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
