using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Messages of one scope and the fills since the first of them, of one UTC day.</summary>
internal sealed class MessageCount(MessageRatio ratio)
{
    private Timestamp _dayEnd = Timestamp.Earliest;
    private long _fillsBefore;

    /// <summary>Messages that left on the day of the last one.</summary>
    public long Messages { get; private set; }

    /// <summary>How many may leave on a day with so many fills.</summary>
    /// <param name="fills">Of the whole run.</param>
    public long Max(Timestamp clock, long fills)
    {
        long today = clock < _dayEnd ? Math.Max(fills - _fillsBefore, 1) : 1;
        return Math.Max(ratio.From, ratio.Max * today);
    }

    /// <summary>How many it would be with one more.</summary>
    public long WithOneMore(Timestamp clock) => clock < _dayEnd ? Messages + 1 : 1;

    /// <summary>One more is free, whatever was filled.</summary>
    public bool IsFree(Timestamp clock) => WithOneMore(clock) <= ratio.From;

    /// <summary>It is a later day than that of the last message.</summary>
    public bool BeginsDay(Timestamp clock) => clock >= _dayEnd;

    /// <param name="fills">Of the whole run.</param>
    public void BeginDay(Timestamp clock, long fills) => (_dayEnd, _fillsBefore, Messages) = (UtcDay.Of(clock).End, fills, 0);

    /// <summary>A message leaves, on the day that was begun.</summary>
    public void Note() => Messages++;
}
