namespace Fathom.Twins.SlowVenue;

/// <summary>Something that happens at the venue: an event of the tape (its whole messages) or the arrival of a command.</summary>
/// <param name="Time">Venue time.</param>
/// <param name="TapeIndex">Index of the tape message after which it happens; a command that did not have to wait comes after all of its moment.</param>
/// <param name="Command">Index of the command; −1 for the tape.</param>
/// <param name="Instrument">Dense id of the instrument that it is about.</param>
/// <param name="Messages">Indices of the event's messages.</param>
internal sealed record Happening(long Time, int TapeIndex, int Command, int Instrument, IReadOnlyList<int> Messages);
