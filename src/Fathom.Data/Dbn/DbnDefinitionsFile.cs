using Fathom.Data.Dbn.Records;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Market.Universe;

namespace Fathom.Data.Dbn;

/// <summary>Reads the definitions of one file so that they describe the instruments of another.</summary>
internal static class DbnDefinitionsFile
{
    /// <exception cref="InputException">The file cannot be read or has no definition.</exception>
    public static void Read(string path, InstrumentRegistry registry)
    {
        using DbnRecordReader reader = DbnRecordReader.Open(path);
        long count = 0;
        while (reader.TryRead(out DbnRecord record))
        {
            if (record.Type != DbnRecordType.Definition || !DefinitionRecord.TryView(record.Bytes, out DefinitionRecord view)) continue;
            if (view.UpdateAction == 'D' || view.LegIndex > 0) continue;
            registry.Know(DbnDefinitions.Translate(view));
            count++;
        }
        if (count == 0) throw new InputException(path, "a file without definitions", "DBN definition records", "Name a file of schema 'definition'.");
    }
}
