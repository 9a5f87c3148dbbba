using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Host.Why;

/// <summary>A standing ladder or target when a step had come to rest.</summary>
/// <param name="Form">Quote or Target.</param>
/// <param name="IsStanding">False: withdrawn.</param>
/// <param name="IsQuotable">The book's best levels could be quoted or traded against.</param>
/// <param name="IsBuyBlocked">Nothing is tried on that side before something moves: a request was refused or rejected. Of a target: at all.</param>
/// <param name="IsSellBlocked">As <paramref name="IsBuyBlocked"/>.</param>
/// <param name="Target">Of a target: the position in force, signed.</param>
/// <param name="Position">Of a target: the owner's.</param>
internal sealed record StandingView(int Owner, InstrumentId Instrument, WantKind Form, bool IsStanding, bool IsQuotable, bool IsBuyBlocked, bool IsSellBlocked, Quantity Target, Quantity Position);
