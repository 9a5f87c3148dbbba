using Fathom.Domain.Values;

namespace Fathom.Analytics.Notes;

/// <summary>A strategy's remark about a moment.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="Instrument">None where it is about none.</param>
/// <param name="Mid">Of the instrument at that moment; None where it was not known.</param>
public sealed record AnnotationMark(Timestamp Time, ushort Strategy, InstrumentId Instrument, Price Mid, string Text);
