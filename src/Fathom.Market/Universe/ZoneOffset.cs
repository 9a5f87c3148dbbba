using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>A time zone's distance from UTC, in force from a moment on: local time = UTC + offset.</summary>
public readonly record struct ZoneOffset(Timestamp From, Duration Offset);
