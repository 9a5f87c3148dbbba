using System.Text.Json;
using Fathom.Data.Files;

namespace Fathom.Tests.Data.Files;

public sealed class JsonLinesFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-json-lines").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_value_has_a_line_however_many_there_are()
    {
        string path = Path.Combine(_folder, "a.jsonl");
        using (JsonLinesFile file = JsonLinesFile.Create(path))
        {
            for (int i = 0; i < 20_000; i++)
            {
                file.Line.WriteStartObject();
                file.Line.WriteNumber("i", i);
                file.Line.WriteString("text", "Größe <\n\"语\">");
                file.Line.WriteEndObject();
                file.EndLine();
            }
            file.Complete();
        }
        string text = File.ReadAllText(path);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        string[] lines = text[..^1].Split('\n');
        Assert.Equal(20_000, lines.Length);
        Assert.Equal("""{"i":0,"text":"Größe <\n\"语\">"}""", lines[0]);
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument line = JsonDocument.Parse(lines[i]);
            Assert.Equal(i, line.RootElement.GetProperty("i").GetInt32());
        }
    }

    [Fact]
    public void Without_completion_nothing_stays()
    {
        using (JsonLinesFile file = JsonLinesFile.Create(Path.Combine(_folder, "b.jsonl")))
        {
            file.Line.WriteNumberValue(1);
            file.EndLine();
        }
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
