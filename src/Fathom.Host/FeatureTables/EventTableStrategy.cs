using Fathom.Domain.Books;
using Fathom.Engine.Decisions;

namespace Fathom.Host.FeatureTables;

/// <summary>A row after each complete venue event. The others are not woken so often.</summary>
internal sealed class EventTableStrategy(FeatureTableOptions options, FeatureTableWriter table) : FeatureTableStrategy(options, table)
{
    public override void OnBook(StrategyContext context, IBookView book) => Take(context, context.Clock, book.Instrument);
}
