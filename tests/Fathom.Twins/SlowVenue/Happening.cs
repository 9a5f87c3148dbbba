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

    /// <summary>The tape, then orders that end, the one that was to end first before, then commands.</summary>
    private (long, int, int, long, ulong, int) Key =>
        (Time, TapeIndex, Command >= 0 ? 2 : Expiring is null ? 0 : 1, Expiring?.Expiry ?? 0, Expiring?.VenueOrderId ?? 0, Command);

    public int CompareTo(Happening? other) => Key.CompareTo(other!.Key);
}
