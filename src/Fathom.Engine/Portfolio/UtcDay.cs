using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>A day in UTC.</summary>
/// <param name="Number">Days since 1970-01-01.</param>
internal readonly record struct UtcDay(int Number)
{
    private const long NanosPerDay = 86_400 * Timestamp.NanosPerSecond;

    public static UtcDay Of(Timestamp time) => new((int)(time.Nanos >= 0 ? time.Nanos / NanosPerDay : -((-(time.Nanos + 1)) / NanosPerDay) - 1));

    /// <summary>The first moment of the next day; saturates.</summary>
    public Timestamp End => new((long)Int128.Min(((Int128)Number + 1) * NanosPerDay, long.MaxValue));
}
