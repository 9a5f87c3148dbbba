namespace Fathom.Twins.SlowVenue;

/// <summary>Something that happens at the venue: an event of the tape (its whole messages), the arrival of a command, or the end of an order whose time is up.</summary>
/// <param name="Time">Venue time.</param>
/// <param name="TapeIndex">Index of the tape message after which it happens; what did not have to wait for an event comes after all of its moment.</param>
/// <param name="Command">Index of the command; −1 for others.</param>
/// <param name="Instrument">Dense id of the instrument that it is about.</param>
/// <param name="Messages">Indices of the event's messages.</param>
internal sealed record Happening(long Time, int TapeIndex, int Command, int Instrument, IReadOnlyList<int> Messages) : IComparable<Happening>
{
    /// <summary>The order whose time is up.</summary>
    public SlowOrder? Expiring { get; init; }

    /// <summary>What happens without our asking.</summary>
    public SlowAct? Act { get; init; }

    /// <summary>When what waited for an event had come, and after which message; a command after all messages of its moment.</summary>
    public (long Time, int TapeIndex) Arrival { get; init; }

    /// <summary>What happens at once without our asking.</summary>
    private bool IsSudden => Act is not null && Arrival == (Time, TapeIndex);

    /// <summary>The tape, then orders that end, the one that was to end first before, then commands, then what did not wait for them.</summary>
    private (long, int, int, (long, ulong), (long, int), int) Key =>
        (Time, TapeIndex, IsSudden ? 3 : Command >= 0 || Act is not null ? 2 : Expiring is null ? 0 : 1, (Expiring?.Expiry ?? 0, Expiring?.VenueOrderId ?? 0), Arrival, Command);

    public int CompareTo(Happening? other) => Key.CompareTo(other!.Key);
}
