import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.poi.ss.usermodel.*;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Writes the table of table.tsv by POI, as a whole and streaming: Write FOLDER */
public class Write {
  public static void main(String[] arguments) throws Exception {
    write(new XSSFWorkbook(), arguments[0], "poi.xlsx");
    write(new SXSSFWorkbook(), arguments[0], "poi-streaming.xlsx");
  }

  private static void write(Workbook book, String folder, String name) throws Exception {
    Sheet sheet = book.createSheet("People");
    CellStyle day = book.createCellStyle();
    day.setDataFormat(book.createDataFormat().getFormat("dd/mm/yyyy"));
    int line = 0;
    for (String text : Files.readAllLines(Path.of(folder, "table.tsv"))) {
      Row row = sheet.createRow(line++);
      int column = 0;
      for (String typed : text.split("\t", -1)) {
        Cell cell = row.createCell(column++);
        String value = typed.substring(Math.min(1, typed.length()));
        switch (typed.isEmpty() ? ' ' : typed.charAt(0)) {
          case 's' -> cell.setCellValue(value);
          case 'n' -> cell.setCellValue(Double.parseDouble(value));
          case 'b' -> cell.setCellValue(Boolean.parseBoolean(value));
          case 'f' -> cell.setCellFormula(value);
          case 'd' -> {
            cell.setCellValue(LocalDate.parse(value));
            cell.setCellStyle(day);
          }
          default -> { }
        }
      }
    }
    try (FileOutputStream out = new FileOutputStream(folder + "/" + name)) {
      book.write(out);
    }
    book.close();
  }
}
